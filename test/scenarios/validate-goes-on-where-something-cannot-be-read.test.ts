import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { BARE_TOKEN } from '../../src/emulator/seed-github.ts';
import { applicationOf } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';
import { application, validation } from '../harness/validation.ts';

scenario('waits for a throttled page of the directory, and reads them all', async (scene) => {
  const { emulator } = scene;
  emulator.state.pageSizes.graph = 1;
  const { federatedIdentityCredentials: all } = applicationOf(emulator);
  const more = ['two', 'three'].flatMap((name) => all.map((one) => ({ ...one, name, subject: `x:${name}` })));
  all.push(...more);
  emulator.fault({ service: 'graph', kind: 'throttled', retryAfter: '1', page: 2 });
  const { step, report } = await validation(scene);

  expect(step.code, step.stdout).toBe(0);
  expect(JSON.stringify(report['credentials'])).toContain('x:three');
  expect(emulator.requests().some(({ service, status }) => service === 'graph' && status === 429)).toBe(true);
});

scenario('is unknown where the roles may not be read, with the right that is missing', async (scene) => {
  scene.emulator.state.roleAssignments = [];
  const { step, report } = await validation(scene, {
    'subscription-id': '99999999-9999-4999-8999-999999999991',
    'fail-on': 'critical',
  });
  expect([step.code, report.result]).toEqual([1, 'unknown']);
  expect(report).toMatchObject({ matched: 'production' });
  expect(step.summary).toContain('Microsoft.Authorization/roleAssignments/read');
});

scenario('does not ask for roles that are not wanted', async (scene) => {
  scene.emulator.state.roleAssignments = [];
  const { step, report } = await validation(scene, { 'check-roles': 'false' });
  expect([step.code, report.result]).toEqual([0, 'pass']);
  expect(scene.emulator.requests().some(({ path }) => path.includes('roleAssignments'))).toBe(false);
});

scenario('says what a weak GitHub token could not read, and decides the rest', async (scene) => {
  const { step, report } = await validation(scene, { 'github-token': BARE_TOKEN });
  expect([step.code, report.result]).toEqual([0, 'pass']);
  expect(JSON.stringify(report['undecided'])).toContain('environment-unprotected');
});

scenario('survives a directory that is down, and keeps what Entra said', async (scene) => {
  scene.emulator.fault({ service: 'graph', kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
  const { step, report } = await validation(scene, { timeout: '3' });
  expect([step.code, report.result]).toEqual([1, 'unknown']);
  expect(report['exchange']).toEqual({ outcome: 'accepted' });
});

scenario('refuses before anything is sent what its guards forbid', async (scene) => {
  const step = await scene.signIn({
    inputs: { mode: 'validate', 'client-id': application(1), 'allowed-clients': application(2) },
  });
  expect(step.error()).toMatch(/^guard-client: /);
  expect(scene.traffic()).toEqual([]);
});

scenario('reads the workflows by the contents API where there is no checkout', async (scene) => {
  const [repository] = scene.emulator.state.github.repositories;
  if (repository) {
    repository.files['.github/workflows/review.yml'] =
      'on: pull_request_target\npermissions:\n  id-token: write\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n';
  }
  const { report } = await validation(scene);
  expect(report.findings.map(({ code }) => code)).toContain('id-token-overgranted');
  const { report: blind } = await validation(scene, { 'github-token': BARE_TOKEN });
  expect(JSON.stringify(blind['undecided'])).toContain('id-token-overgranted');
});

scenario(
  'takes no workflow folder for none only where it sees the contents of the repository',
  async (scene) => {
    const { github } = scene.emulator.state;
    const elsewhere = { token: 'ghs_octoTokenOfAnotherRepository', kind: 'installation' } as const;
    github.tokens.push({ ...elsewhere, permissions: { contents: 'read' }, repositories: ['octo-org/other'] });
    const { report: blind } = await validation(scene, { 'github-token': elsewhere.token });
    expect(JSON.stringify(blind['undecided'])).toContain('id-token-overgranted');
    for (const repository of github.repositories) repository.files = { 'README.md': '# octo-repo\n' };
    const { report } = await validation(scene);
    expect(JSON.stringify(report['undecided'])).not.toContain('id-token-overgranted');
  },
);

scenario('reads the workflows of the checkout where there is one', async (scene) => {
  const workflows = join(scene.job.root, 'workspace/.github/workflows');
  mkdirSync(workflows, { recursive: true });
  writeFileSync(
    join(workflows, 'ci.yml'),
    'on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n',
  );
  const env = { GITHUB_WORKSPACE: join(scene.job.root, 'workspace') };
  const { report } = await validation(scene, {}, { env });
  expect(report.findings.map(({ code }) => code)).toContain('id-token-overgranted');
  expect(scene.emulator.requests().some(({ path }) => path.includes('/contents/'))).toBe(false);
});
