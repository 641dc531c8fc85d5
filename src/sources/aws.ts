import type { getWebIdentityToken, WebIdentityAnswer } from '../io/aws.ts';
import { isAwsRegion, stsHost } from '../io/aws-hosts.ts';
import type { Effects, Environment } from '../io/effects.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Attempt, attemptMs, persist } from '../retry/persist.ts';
import { isTransientStatus, type Patience } from '../retry/policy.ts';
import { type Assertion, type AssertionSource, assertionOf } from './source.ts';

const FROM = "AWS' Security Token Service";
/** The longest that AWS gives; where the caller's own session ends before that, what it gives when not asked. */
const LONGEST_S = 3_600;
const DEFAULT_S = 300;

/**
 * The region whose endpoint is asked: the global one does not offer the call. Source: `GetWebIdentityToken` in the API
 * reference of the AWS Security Token Service. Fails with aws-no-region.
 */
export function awsRegion(env: Environment): string {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || '';
  if (isAwsRegion(region)) return region;
  throw new Failure({
    code: 'aws-no-region',
    sentence:
      region === ''
        ? 'no AWS region is set, and the Security Token Service is asked in one.'
        : 'AWS_REGION is not the name of an AWS region, so nothing was sent.',
    remedy: ['Set AWS_REGION on the job, to the region of the runner: AWS_REGION: eu-central-1.'],
  });
}

/**
 * Tokens by which AWS states which role or user this workload runs as (outbound identity federation).
 * Source: AWS IAM, "Federate AWS identities to external services".
 * Fails with aws-no-credentials, aws-endpoint-refused, aws-unreachable or aws-refused.
 */
export function awsSource(
  region: string,
  ask: typeof getWebIdentityToken,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): AssertionSource {
  let seconds = LONGEST_S;
  return {
    assertion: (audience) => {
      const attempt = async (end: number): Promise<Attempt<Assertion>> => {
        const timeoutMs = attemptMs(end, fx.clock.now());
        const answer = await ask({ region, audience, seconds }, timeoutMs, signal);
        if (tooLong(answer) && seconds === LONGEST_S) {
          seconds = DEFAULT_S;
          return attempt(end);
        }
        return interpret(answer, region, fx);
      };
      return persist(attempt, patience, fx, signal);
    },
  };
}

function tooLong(answer: WebIdentityAnswer): boolean {
  return answer.kind === 'refused' && /^SessionDurationEscalation/.test(answer.code);
}

function interpret(answer: WebIdentityAnswer, region: string, { mask }: Effects): Attempt<Assertion> {
  if (answer.kind === 'no-credentials') return { ok: false, retry: 'never', failure: noCredentials() };
  if (answer.kind === 'endpoint-refused')
    return { ok: false, retry: 'never', failure: endpointRefused(answer.origin) };
  if (answer.kind === 'no-answer')
    return { ok: false, retry: 'transient', failure: unreachable(region, answer.reason) };
  if (answer.kind === 'refused') {
    const passing = isTransientStatus(answer.status) || /Throttl|RequestLimitExceeded/.test(answer.code);
    return { ok: false, retry: passing ? 'transient' : 'never', failure: refused(answer, region) };
  }
  mask(answer.token);
  const value = assertionOf(answer.token, FROM);
  if (value) return { ok: true, value };
  const empty = {
    code: 'no token',
    status: 200,
    text: 'the answer holds no JSON Web Token',
    requestId: null,
  };
  return { ok: false, retry: 'never', failure: refused(empty, region) };
}

function noCredentials(): Failure {
  return new Failure({
    code: 'aws-no-credentials',
    sentence: 'no AWS credentials were found, with which to ask AWS for a token.',
    remedy: [
      '`identity-source: aws` uses what every AWS client of this step would: a role of the EC2 instance, of the ECS task or of the EKS pod, or AWS_ACCESS_KEY_ID and its like. Run on AWS, or sign in to AWS in a step before this one.',
      'In a container on EC2 the metadata server is one hop further away: set the hop limit of the instance to 2.',
    ],
  });
}

function endpointRefused(origin: string): Failure {
  return new Failure({
    code: 'aws-endpoint-refused',
    sentence:
      'this step was told to ask for AWS tokens at a host that is not one of AWS, so nothing was sent.',
    facts: [
      { label: 'presented', value: origin },
      { label: 'expected', value: 'https, and the Security Token Service of AWS or a VPC endpoint of it' },
    ],
    remedy: [
      'AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS or `endpoint_url` in the AWS configuration names it. Where you did not set it, find out which earlier step did; otherwise take it away from this step.',
    ],
  });
}

function unreachable(region: string, reason: string): Failure {
  const host = stsHost(region);
  return new Failure({
    code: 'aws-unreachable',
    sentence: `${FROM} could not be reached: ${reason}.`,
    facts: [
      { label: 'host', value: host },
      { label: 'reason', value: reason },
    ],
    remedy: [
      `Check that the runner reaches https://${host} (firewall, DNS, HTTPS_PROXY, NO_PROXY), and that AWS_REGION names a region that is enabled for the account.`,
    ],
  });
}

type Refused = Omit<Extract<WebIdentityAnswer, { kind: 'refused' }>, 'kind'>;

function refused({ code, status, text, requestId }: Refused, region: string): Failure {
  const facts: Fact[] = [
    { label: 'host', value: stsHost(region) },
    { label: 'status', value: String(status) },
    { label: 'AWS says', value: text },
    ...(requestId === null ? [] : [{ label: 'request id', value: requestId }]),
  ];
  return new Failure({
    code: 'aws-refused',
    sentence: `AWS gave no token for this workload (${code}): ${story(code)}.`,
    facts,
    remedy: [remedyOf(code)],
  });
}

const KNOWN: readonly (readonly [RegExp, string, string])[] = [
  [
    /^OutboundWebIdentityFederationDisabled/,
    'outbound identity federation is not switched on in the account',
    'An administrator of the AWS account switches it on once: `aws iam enable-outbound-web-identity-federation`. It prints the issuer that the federated identity credential in Entra needs.',
  ],
  [
    /^AccessDenied/,
    'the role or user may not ask for one',
    'Allow it the action sts:GetWebIdentityToken; a condition of the policy on audience, duration (this action asks for 3600 seconds) or signing algorithm (RS256) may refuse it, too.',
  ],
  [
    /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch)/,
    'the AWS credentials of this step are not accepted',
    'They have expired, are of another account or partition, or are incomplete (AWS_SESSION_TOKEN belongs to temporary ones). Sign in to AWS anew in a step before this one, and check the clock of the runner.',
  ],
];

function story(code: string): string {
  return KNOWN.find(([pattern]) => pattern.test(code))?.[1] ?? 'the reason is what AWS says below';
}

function remedyOf(code: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(code))?.[2];
  return known ?? 'The code and text are those of AWS: nothing in Entra matters here.';
}
