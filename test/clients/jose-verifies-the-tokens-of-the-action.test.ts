import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { FETCH_USES_PROXY, runProgram } from './program.ts';
import { claimsOf } from './programs/outcome.ts';

const GITHUB = {
  ISSUER: 'https://token.actions.githubusercontent.com',
  AUDIENCE: 'api://AzureADTokenExchange',
};
const ENTRA = {
  ISSUER: 'https://sts.windows.net/11111111-1111-4111-8111-111111111111/',
  AUDIENCE: 'https://management.core.windows.net/',
};

scenario('jose verifies the access token of the outputs', async ({ job, signIn, traffic }) => {
  const step = await signIn();
  const TOKEN = step.outputs['access-token'] ?? '';
  const outcome = await runProgram(job, 'verify', { ...FETCH_USES_PROXY, ...ENTRA, TOKEN });

  expect(outcome).toMatchObject({
    header: { alg: 'RS256', typ: 'JWT' },
    claims: { tid: step.outputs['tenant-id'], oid: step.outputs['principal-id'], ver: '1.0' },
  });
  expect(traffic().slice(-2)).toEqual(['GET sts.windows.net → 200', 'GET login.microsoftonline.com → 200']);
});

scenario('jose verifies a version 2 access token', async ({ job, signIn }) => {
  const step = await signIn({ inputs: { tokens: 'own=api://octo-api' } });
  const outcome = await runProgram(job, 'verify', {
    ...FETCH_USES_PROXY,
    ISSUER: `https://login.microsoftonline.com/${step.outputs['tenant-id']}/v2.0`,
    AUDIENCE: 'aaaaaaaa-0000-4000-8000-000000000012',
    TOKEN: step.outputs['access-token'] ?? '',
  });

  expect(outcome).toMatchObject({
    header: { alg: 'RS256' },
    claims: { ver: '2.0', azp: step.outputs['client-id'] },
  });
});

scenario('jose verifies the ID token in the file for the SDKs', async ({ job, signIn }) => {
  const step = await signIn();
  const outcome = await runProgram(job, 'verify', { ...FETCH_USES_PROXY, ...GITHUB });

  expect(outcome).toMatchObject({
    header: { alg: 'RS256', typ: 'JWT' },
    claims: { sub: step.outputs['subject'], repository: 'octo-org/octo-repo' },
  });
  expect(step.outputs).toMatchObject({ issuer: GITHUB.ISSUER, audience: GITHUB.AUDIENCE });
});

scenario('jose refuses what is not the token that was issued', async ({ job, signIn }) => {
  const token = (await signIn()).outputs['access-token'] ?? '';
  const codeFor = async (env: Record<string, string>) => {
    const outcome = await runProgram(job, 'verify', { ...FETCH_USES_PROXY, ...env });
    return (outcome as { error?: { code: string } }).error?.code;
  };
  const [header, , signature] = token.split('.');
  const claims = { ...claimsOf(token), oid: 'cccccccc-0000-4000-8000-000000000002' };
  const altered = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');

  expect(
    await Promise.all([
      codeFor({ ...ENTRA, TOKEN: altered }),
      codeFor({ ...ENTRA, TOKEN: token, AUDIENCE: 'https://graph.microsoft.com' }),
      // The ID token of the file, with the keys of Entra.
      codeFor(ENTRA),
    ]),
  ).toEqual([
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    'ERR_JWT_CLAIM_VALIDATION_FAILED',
    'ERR_JWKS_NO_MATCHING_KEY',
  ]);
});
