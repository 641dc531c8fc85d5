import { expect, test } from 'vitest';
import { cannedRefusal } from '../../src/emulator/entra/canned.ts';
import { AADSTS_CATALOGUE } from '../../src/trust/aadsts/catalogue.ts';
import { type ErrorBody, tokenRequest } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();

/** What Entra answers with a code that a fault asks for. */
async function answer(code: number) {
  const response = await cannedRefusal(await tokenRequest(emulator.current), { code });
  const body = (await response.json()) as ErrorBody;
  const { error, error_codes: codes, error_description: text } = body;
  return { status: response.status, error, codes, text };
}

test.each([
  [
    7000222,
    401,
    'invalid_client',
    /^AADSTS7000222: The provided client secret keys for app '.+' are expired\./,
  ],
  [7000218, 401, 'invalid_client', /'client_assertion' or 'client_secret'\. Trace ID/],
  [700030, 401, 'invalid_client', /subject name in certificate isn't authorized/],
  [70052, 401, 'invalid_client', /managed identity/],
  [70001, 400, 'unauthorized_client', /The application is disabled/],
  [50013, 400, 'invalid_grant', /Assertion is invalid/],
  [50034, 400, 'invalid_grant', /the account must be added to the directory/],
  [50076, 400, 'invalid_grant', /you must use multi-factor authentication to access 'https:/],
  [50105, 400, 'invalid_grant', /isn't assigned to a role/],
  [53004, 400, 'invalid_grant', /multifactor authentication registration/],
  [530004, 400, 'invalid_grant', /AcceptCompliantDevice/],
  [90061, 400, 'invalid_request', /Request to External OIDC endpoint failed/],
  [100007, 400, 'invalid_request', /Regional ONLY supports/],
  [500021, 400, 'invalid_request', /Access to '.+' tenant is denied/],
  [500022, 400, 'invalid_request', /Access to '.+' tenant is denied/],
])('AADSTS%i is answered in its own words', async (code, status, error, text) => {
  expect(await answer(code)).toEqual({ status, error, codes: [code], text: expect.stringMatching(text) });
});

test('no code that the product knows is answered as one that is not known', async () => {
  const plain = (text: string) => text.replace(/^AADSTS\d+: | Trace ID: .*$/g, '');
  const unknown = plain((await answer(999999)).text);
  const answers = await Promise.all(AADSTS_CATALOGUE.map(({ code }) => answer(code)));
  expect(answers.filter(({ text }) => plain(text) === unknown).map(({ codes }) => codes)).toEqual([]);
});
