import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import type { Failing } from '../harness/failing.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { application, validation } from '../harness/validation.ts';

const OTHER = '22222222-2222-4222-8222-222222222222';
const EXPECTED = [{ name: 'x', issuer: 'https://x.example', subject: 'x', audiences: ['x'] }];

scenario('is unknown where a file stands in for a directory that was not read', async (scene) => {
  const file = join(scene.job.root, 'expected.json');
  writeFileSync(file, JSON.stringify(EXPECTED));
  const { step, report } = await validation(scene, {
    'client-id': application(9),
    'reader-client-id': '',
    'expected-credentials': file,
    'check-roles': 'false',
  });
  expect([step.code, report.result]).toEqual([1, 'unknown']);
});

scenario('is unknown where Graph tells of exact credentials only', async (scene) => {
  applicationOf(scene.emulator).federatedIdentityCredentials.push({
    name: 'wide',
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    subject: null,
    claimsMatchingExpression: { value: "claims['sub'] matches 'repo:*'", languageVersion: 1 },
  });
  const whole = await validation(scene);
  expect(whole.report.findings.map(({ code }) => code)).toContain('owner-wildcard');
  scene.emulator.fault({ service: 'graph', kind: 'status', status: 403, times: Number.POSITIVE_INFINITY });
  const { report } = await validation(scene);
  expect(report.result).toBe('unknown');
});

for (const code of [90033, 90055]) {
  scenario(`does not call a trust broken because Entra is out of order (AADSTS${code})`, async (scene) => {
    scene.emulator.fault({ service: 'entra-token', kind: 'aadsts', code, times: Number.POSITIVE_INFINITY });
    const { step, report } = await validation(scene, { timeout: '1' });
    expect([step.code, report.result]).toEqual([1, 'unknown']);
  });
}

scenario('does not call a trust broken because GitHub issues no ID token just now', async (scene) => {
  scene.emulator.fault({
    service: 'github-id-token',
    kind: 'status',
    status: 503,
    times: Number.POSITIVE_INFINITY,
  });
  const { report } = await validation(scene, { timeout: '1' });
  expect(report).toMatchObject({ result: 'unknown', cause: 'network-transient' });
});

const SLOW: [string, Failing][] = [
  ['asks to wait for long', { kind: 'status', status: 429, retryAfter: '30' }],
  ['sends a byte a second', { kind: 'drip' }],
  ['never stops answering', { kind: 'huge' }],
];
for (const [what, fault] of SLOW) {
  scenario(`ends in time when Resource Manager ${what}`, async (scene) => {
    scene.emulator.fault({ ...fault, service: 'arm', times: Number.POSITIVE_INFINITY });
    const started = Date.now();
    const { report } = await validation(scene, {
      'client-id': 'dddddddd-0000-4000-8000-000000000001',
      timeout: '3',
    });
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(report.result).toBe('unknown');
  });
}

/** A page of Resource Manager or Graph that leads elsewhere. */
function leadingTo(scene: Scene, service: 'arm' | 'graph', nextLink: string): void {
  const body = JSON.stringify({ value: [], nextLink, '@odata.nextLink': nextLink });
  scene.emulator.fault({
    service,
    kind: 'status',
    status: 200,
    body,
    contentType: 'application/json',
    times: Number.POSITIVE_INFINITY,
  });
}

for (const service of ['arm', 'graph'] as const) {
  scenario(`sends the token of ${service} to no other host, whatever a page says`, async (scene) => {
    leadingTo(scene, service, 'https://evil.example/steal');
    const { report } = await validation(scene, {
      'client-id': 'dddddddd-0000-4000-8000-000000000001',
      'identity-resource-id': IDENTITY_ID,
    });
    expect(report.result).toBe('unknown');
    leadingTo(scene, service, 'https://login.microsoftonline.com/stolen');
    await validation(scene, { 'identity-resource-id': IDENTITY_ID });
    expect(scene.emulator.requests().filter(({ path }) => /steal|stolen/.test(path))).toEqual([]);
  });
}
const IDENTITY_ID =
  '/subscriptions/99999999-9999-4999-8999-999999999991/resourceGroups/octo-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/octo-identity';

scenario('guards the reading identity too, before anything is sent', async (scene) => {
  const step = await scene.signIn({
    inputs: {
      mode: 'validate',
      'allowed-tenants': '11111111-1111-4111-8111-111111111111',
      'reader-tenant-id': OTHER,
    },
  });
  expect(step.error()).toMatch(/^guard-tenant: /);
  expect(scene.traffic()).toEqual([]);
});

scenario(
  'checks a tenant given as a domain on the id in the token, and reads nothing with it',
  async (scene) => {
    const step = await scene.signIn({
      inputs: { mode: 'validate', 'tenant-id': 'contoso.com', 'allowed-tenants': `contoso.com,${OTHER}` },
    });
    expect(step.error()).toMatch(/^guard-tenant: /);
    expect(scene.emulator.requests().some(({ service }) => service === 'graph' || service === 'arm')).toBe(
      false,
    );
  },
);

scenario('tells where the directory is not as the file expects', async (scene) => {
  const file = join(scene.job.root, 'expected.json');
  writeFileSync(file, JSON.stringify(EXPECTED));
  const { report } = await validation(scene, { 'expected-credentials': file });
  expect(report.findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['expected-missing', 'expected-surplus']),
  );
});
