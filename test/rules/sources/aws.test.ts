import { expect, test } from 'vitest';
import type { WebIdentityAnswer, WebIdentityRequest } from '../../../src/io/aws.ts';
import { awsRegion, awsSource } from '../../../src/sources/aws.ts';
import { unsignedToken } from '../../harness/unsigned-token.ts';
import { fakeEffects } from './effects.ts';

const TOKEN = unsignedToken({ iss: 'https://x.tokens.sts.global.api.aws', exp: 1_800_000_000 });
const refused = (code: string, status = 403): WebIdentityAnswer => ({
  kind: 'refused',
  code,
  status,
  text: 'why',
  requestId: 'r',
});

function asking(...answers: readonly WebIdentityAnswer[]) {
  const { fx, seen, patience } = fakeEffects(() => new Error('not asked'));
  const requests: WebIdentityRequest[] = [];
  const ask = async (request: WebIdentityRequest): Promise<WebIdentityAnswer> => {
    requests.push(request);
    return answers[requests.length - 1] ?? answers.at(-1) ?? { kind: 'no-credentials' };
  };
  const source = awsSource('eu-central-1', ask, patience, fx, new AbortController().signal);
  return { assertion: source.assertion('api://x'), requests, seen };
}

test('asks for an hour, and masks what comes', async () => {
  const { assertion, requests, seen } = asking({ kind: 'token', token: TOKEN });
  expect((await assertion).token).toBe(TOKEN);
  expect(requests).toEqual([{ region: 'eu-central-1', audience: 'api://x', seconds: 3_600 }]);
  expect(seen.masked).toEqual([TOKEN]);
});

test('asks for less where the session of the role ends sooner', async () => {
  const { assertion, requests } = asking(refused('SessionDurationEscalationException'), {
    kind: 'token',
    token: TOKEN,
  });
  await assertion;
  expect(requests.map(({ seconds }) => seconds)).toEqual([3_600, 300]);
});

test('asks again where that may help', async () => {
  const { assertion, requests } = asking(refused('InternalFailure', 500), { kind: 'token', token: TOKEN });
  await assertion;
  expect(requests).toHaveLength(2);
});

test.each<[WebIdentityAnswer, string]>([
  [{ kind: 'no-credentials' }, 'aws-no-credentials: no AWS credentials were found'],
  [
    { kind: 'no-answer', reason: 'ENOTFOUND' },
    "aws-unreachable: AWS' Security Token Service could not be reached: ENOTFOUND.",
  ],
  [refused('OutboundWebIdentityFederationDisabledException'), 'federation is not switched on in the account'],
  [refused('AccessDenied'), 'the role or user may not ask for one'],
  [refused('ExpiredToken'), 'credentials of this step are not accepted'],
  [refused('Surprise'), '(Surprise): the reason is what AWS says below'],
  [{ kind: 'token', token: '' }, '(no token)'],
])('%j has a sentence of its own', async (answer, sentence) => {
  await expect(asking(answer).assertion).rejects.toThrow(sentence);
});

test('the region is taken from either variable, and must be one', () => {
  expect(awsRegion({ AWS_REGION: 'us-gov-west-1', AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('us-gov-west-1');
  expect(awsRegion({ AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('eu-west-1');
  expect(() => awsRegion({})).toThrow('aws-no-region: no AWS region is set');
  expect(() => awsRegion({ AWS_REGION: 'x.evil.example/' })).toThrow('not the name of an AWS region');
});
