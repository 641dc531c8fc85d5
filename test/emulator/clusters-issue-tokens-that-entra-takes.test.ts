import { expect, test } from 'vitest';
import { application, claimsOf, codeOf, send } from './client.ts';
import { useEmulator } from './fixture.ts';
import { metadataOf, verified } from './published.ts';

const emulator = useEmulator();
const CLUSTERS = ['aks', 'eks', 'gke', 'self-managed'];

function cluster(name: string) {
  const found = emulator.current.state.workloads.clusters.find((one) => one.name === name);
  if (!found) throw new Error(`no cluster ${name}`);
  return found;
}

function code(assertion: string): Promise<number | undefined> {
  return codeOf(emulator.current, {
    client: application(emulator.current, 'octo-from-kubernetes').appId,
    assertion,
  });
}

test.each(CLUSTERS)('%s publishes the keys of its tokens, and Entra takes them', async (name) => {
  const { issuer } = cluster(name);
  const token = await emulator.current.serviceAccountToken({ cluster: name });
  const metadata = await metadataOf(emulator.current, issuer);
  expect(metadata).toMatchObject({ issuer, jwks_uri: expect.stringContaining(issuer) });
  const { payload, protectedHeader } = await verified(emulator.current, token, metadata, {
    audience: 'api://AzureADTokenExchange',
  });
  expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
  expect(payload).toMatchObject({
    sub: 'system:serviceaccount:octo:deployer',
    aud: ['api://AzureADTokenExchange'],
    'kubernetes.io': { namespace: 'octo', serviceaccount: { name: 'deployer' } },
  });
  expect(await code(token)).toBeUndefined();
  expect(emulator.current.issued()).toContain(token);
});

test('the issuer of AKS ends in a slash, and those of the others do not', () => {
  expect(CLUSTERS.map((name) => cluster(name).issuer.endsWith('/'))).toEqual([true, false, false, false]);
});

test('Entra refuses tokens of other accounts, audiences and times', async () => {
  const { current } = emulator;
  const old = { issuedSecondsAgo: 3601 };
  expect(await code(await current.serviceAccountToken({ serviceAccount: 'default' }))).toBe(700213);
  expect(await code(await current.serviceAccountToken({ namespace: 'Octo' }))).toBe(7002138);
  expect(await code(await current.serviceAccountToken({ audiences: ['https://kubernetes'] }))).toBe(700212);
  expect(await code(await current.serviceAccountToken(old))).toBe(700024);
  expect(await code(await current.serviceAccountToken({ ...old, expiresInSeconds: 7200 }))).toBeUndefined();
});

test('Entra refuses a token of a rotated key until it fetches keys again', async () => {
  const { current } = emulator;
  expect(await code(await current.serviceAccountToken())).toBeUndefined();
  cluster('aks').keyGeneration = 1;
  const token = await current.serviceAccountToken();
  expect(await code(token)).toBe(7000272);
  current.forgetIssuerKeys();
  expect(await code(token)).toBeUndefined();
});

test('metadata fails on demand, and an unreachable issuer is one that Entra cannot ask', async () => {
  const { current } = emulator;
  current.fault({ service: 'issuer-jwks', kind: 'status', status: 500 });
  expect(await code(await current.serviceAccountToken())).toBe(501661);
  expect(await code(await current.serviceAccountToken())).toBeUndefined();
  current.state.unreachableIssuers.push(cluster('eks').issuer);
  expect(await code(await current.serviceAccountToken({ cluster: 'eks' }))).toBe(501661);
});

test('a token is asked for by control call', async () => {
  const ask = async (body: object) => {
    const url = `${emulator.current.control}/workloads/kubernetes/tokens`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { token: string } };
  };
  const { body } = await ask({ cluster: 'eks', serviceAccount: 'other' });
  expect(claimsOf(body.token)).toMatchObject({
    iss: cluster('eks').issuer,
    sub: 'system:serviceaccount:octo:other',
  });
  expect((await ask({ cluster: 'mainframe' })).status).toBe(400);
  expect((await ask({ expiresInSeconds: 60 })).status).toBe(400);
  expect((await ask({ audience: 'x' })).status).toBe(400);
  expect((await send(emulator.current, new Request('https://kubernetes.octo.example/api'))).status).toBe(404);
});
