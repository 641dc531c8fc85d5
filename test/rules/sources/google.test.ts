import { expect, test } from 'vitest';
import { type HttpAnswer, TransportError } from '../../../src/io/effects.ts';
import { isMetadataUrl } from '../../../src/io/metadata.ts';
import { googleSource, metadataServer } from '../../../src/sources/google.ts';
import { unsignedToken } from '../../harness/unsigned-token.ts';
import { fakeEffects } from './effects.ts';

const GOOGLE = { 'metadata-flavor': 'Google' };
const TOKEN = unsignedToken({ iss: 'https://accounts.google.com', sub: '1', exp: 1_800_000_000 });

function asking(answer: HttpAnswer | Error) {
  const { fx, seen, patience } = fakeEffects(() => answer);
  const server = metadataServer({}, isMetadataUrl);
  const source = googleSource(server, patience, fx, new AbortController().signal);
  const waited = () => fx.clock.now() - patience.startedAt;
  return { assertion: source.assertion('api://x y'), seen, waited };
}

test('asks for the audience in the full format, and masks what comes', async () => {
  const { assertion, seen } = asking({ status: 200, headers: GOOGLE, body: `${TOKEN}\n` });
  expect(await assertion).toMatchObject({ token: TOKEN, staleAt: 1_800_000_000_000 - 60_000 });
  expect(seen.requests.map(({ url, headers }) => [url.href, headers])).toEqual([
    [
      'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=api%3A%2F%2Fx+y&format=full',
      { 'metadata-flavor': 'Google' },
    ],
  ]);
  expect(seen.masked).toEqual([TOKEN]);
});

test.each<[string, HttpAnswer | Error, string]>([
  [
    'nobody answers',
    new TransportError('interrupted', 'ENOTFOUND'),
    'google-unreachable: no metadata server of Google Cloud answers at metadata.google.internal: ENOTFOUND.',
  ],
  [
    'another server answers',
    { status: 200, headers: {}, body: TOKEN },
    'google-unreachable: what answers in the place of',
  ],
  [
    'no service account is attached',
    { status: 404, headers: GOOGLE, body: '' },
    "google-refused: Google Cloud's metadata server gave no ID token: it answered 404.",
  ],
  [
    'no token comes',
    { status: 200, headers: GOOGLE, body: 'no' },
    'it answered 200 without a JSON Web Token.',
  ],
])('%s: its own sentence', async (_, answer, sentence) => {
  await expect(asking(answer).assertion).rejects.toThrow(sentence);
});

test('gives up within seconds where nobody answers', async () => {
  const { assertion, seen, waited } = asking(new TransportError('timeout', 'no answer within 5 s'));
  await expect(assertion).rejects.toThrow('google-unreachable');
  expect(seen.requests.length).toBeGreaterThan(0);
  expect(seen.requests.length).toBeLessThan(10);
  expect(waited()).toBeLessThan(15_000);
});

test.each([
  ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['169.254.169.254', 'http://169.254.169.254/'],
  ['metadata.google.internal', 'http://metadata.google.internal/'],
])('GCE_METADATA_HOST %s is a metadata server', (host, href) => {
  expect(metadataServer({ GCE_METADATA_HOST: host }, isMetadataUrl).href).toBe(href);
});

test.each(['metadata.example', '10.0.0.1', 'user@127.0.0.1', '169.254.1.1.example', 'a b'])(
  'GCE_METADATA_HOST %s is none',
  (host) => {
    expect(() => metadataServer({ GCE_METADATA_HOST: host }, isMetadataUrl)).toThrow('nothing was sent');
  },
);
