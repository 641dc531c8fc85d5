import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { ADMIN_TOKEN } from '../../src/emulator/seed-github.ts';
import { applicationOf } from '../harness/application.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { ADMIN, application } from '../harness/validation.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** Signs in as the admin with the session `sdk`, which DefaultAzureCredential finds, and asks from there. */
async function ask(scene: Scene, flags: readonly string[], env: Record<string, string | undefined> = {}) {
  const tenant = scene.emulator.env['AZURE_TENANT_ID'] ?? '';
  await scene.signIn({ inputs: { 'client-id': ADMIN, sessions: 'sdk' } });
  const args = ['validate', '--json', '--tenant-id', tenant, '--repository', 'octo-org/octo-repo', ...flags];
  const laptop = {
    ...scene.job.environment(),
    GITHUB_TOKEN: ADMIN_TOKEN,
    AZURE_TOKEN_CREDENTIALS: 'prod',
    ...env,
  };
  const { code, stdout, stderr } = await runProcess(process.execPath, [CLI, ...args], laptop);
  return { code, stderr, report: JSON.parse(stdout) };
}

scenario('says before the first run that it would work', async (scene) => {
  const { code, report, stderr } = await ask(scene, [
    '--client-id',
    application(1),
    '--event',
    'push',
    '--ref',
    'refs/heads/main',
    '--environment',
    'production',
  ]);
  expect([code, report.result], stderr).toEqual([0, 'pass']);
  expect(report).toMatchObject({
    presentedFrom: 'prediction',
    matched: 'production',
    exchange: { outcome: 'not-tried' },
  });
  expect(stderr).toContain('Reading the directory');
});

scenario('says before the first run that it would not, and why', async (scene) => {
  const { code, report } = await ask(scene, [
    '--client-id',
    application(1),
    '--event',
    'push',
    '--ref',
    'refs/heads/main',
  ]);
  expect(code).toBe(1);
  expect(report).toMatchObject({ result: 'fail', cause: 'subject-entity-type' });
});

scenario('knows from GitHub which form the repository emits', async (scene) => {
  scene.emulator.state.run.subject.immutable = true;
  for (const credential of applicationOf(scene.emulator, ADMIN).federatedIdentityCredentials)
    credential.subject = 'repo:octo-org@65432/octo-repo@74321:environment:production';
  const { report } = await ask(scene, [
    '--client-id',
    application(1),
    '--event',
    'push',
    '--environment',
    'production',
  ]);
  expect(report).toMatchObject({ result: 'fail', cause: 'subject-immutable-format' });
  expect(report.presented.subject).toBe('repo:octo-org@65432/octo-repo@74321:environment:production');
});

scenario('could not decide without any sign-in, and says how to sign in', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const { code, report, stderr } = await ask(scene, args, {
    AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential',
    AZURE_FEDERATED_TOKEN_FILE: undefined,
    GITHUB_TOKEN: undefined,
  });
  expect(code).toBe(3);
  expect(report).toMatchObject({ result: 'unknown', cause: null, explanation: null });
  expect(JSON.stringify(report.identity)).toContain('az login');
  expect(report.verdict).toMatch(/^Not signed in for reading the directory; run `az login`/);
  expect(stderr).toContain('Predicted what the described run will present');
  expect(stderr).not.toContain('Presenting');
});

scenario('decides nothing where the form of the subject is not known and would matter', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const ids = ['--owner-id', '65432', '--repository-id', '74321'];
  const { code, report } = await ask(scene, [...args, ...ids], { GITHUB_TOKEN: undefined });
  expect([code, report.result]).toEqual([3, 'unknown']);
  expect(report.confidence).not.toBe('certain');
});

scenario("calls no trust broken for naming an issuer of the enterprise's own", async (scene) => {
  const issuer = 'https://token.actions.githubusercontent.com/octo-enterprise';
  for (const credential of applicationOf(scene.emulator, application(1)).federatedIdentityCredentials)
    credential.issuer = issuer;
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const { code, report } = await ask(scene, args);
  expect([code, report.result, report.confidence, report.fix]).toEqual([3, 'unknown', 'possible', {}]);
  expect(report.verdict).toContain(`if the enterprise's own issuer, '${issuer}', is switched on`);
});

scenario('keeps to its guards', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const ids = await ask(scene, [...args, '--allowed-clients', application(2)]);
  expect([ids.code, ids.report.error]).toEqual([1, expect.stringContaining('guard-client')]);
  const claims = await ask(scene, [...args, '--require-claims', 'repository_owner_id=1']);
  expect([claims.code, claims.report.error]).toEqual([1, expect.stringContaining('guard-claim')]);
});

scenario('does not know whether a claim that is not foretold meets what is required', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const open = await ask(scene, [...args, '--require-claims', 'enterprise=octo']);
  expect([open.code, open.report.result, open.report.matched]).toEqual([3, 'unknown', 'production']);
  expect(open.report.verdict).toContain("whether the token meets 'enterprise=octo'");
  const met = await ask(scene, [...args, '--require-claims', 'environment=production']);
  expect([met.code, met.report.result]).toEqual([0, 'pass']);
});

scenario("takes GitHub's own spelling of the repository", async (scene) => {
  const args = [
    '--client-id',
    application(1),
    '--event',
    'push',
    '--environment',
    'production',
    '--repository',
    'Octo-Org/OCTO-repo',
  ];
  const { report } = await ask(scene, args);
  expect(report.presented.subject).toBe('repo:octo-org/octo-repo:environment:production');
});

scenario('sends the GitHub token to no other server', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  for (const env of [
    { GITHUB_API_URL: 'https://evil.example' },
    { GITHUB_SERVER_URL: 'ghes.example' },
    { GITHUB_API_URL: 'http://127.0.0.1:9/' },
  ]) {
    expect(await ask(scene, args, env)).toMatchObject({
      code: 2,
      report: { error: expect.stringContaining('GITHUB_SERVER_URL') },
    });
  }
  expect(scene.emulator.requests().some(({ service }) => service === 'github-api')).toBe(false);
});

scenario('works with no weakened TLS and round no proxy', async (scene) => {
  const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
  const weak = await ask(scene, args, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  expect(weak).toMatchObject({
    code: 2,
    report: { error: expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED') },
  });
  const socks = await ask(scene, args, { HTTPS_PROXY: 'socks5://127.0.0.1:1' });
  expect(socks).toMatchObject({ code: 2, report: { error: expect.stringContaining('HTTPS_PROXY') } });
});

scenario('shows the verdict although a file cannot be written, and says which and why', async (scene) => {
  const run = ['--client-id', application(1), '--event', 'push', '--ref', 'refs/heads/main'];
  const files = ['--report-file', join(CLI, 'report.json'), '--sarif-file', scene.job.root];
  const right = await ask(scene, [...run, '--environment', 'production', ...files]);
  expect([right.code, right.report.result]).toEqual([2, 'pass']);
  expect(right.stderr).toMatch(/--report-file: .*report\.json could not be written \(E[A-Z]+\)\n/);
  expect(right.stderr).toContain(`--sarif-file: ${scene.job.root} could not be written (EISDIR)`);
  const wrong = await ask(scene, [...run, ...files]);
  expect([wrong.code, wrong.report.result]).toEqual([1, 'fail']);
  expect(wrong.stderr).toContain('could not be written');
});

scenario(
  'takes the workflows of the directory only where it is a checkout of that repository',
  async (scene) => {
    const args = ['--client-id', application(1), '--event', 'push', '--environment', 'production'];
    const desk = join(scene.job.root, 'desk');
    mkdirSync(join(desk, '.git'), { recursive: true });
    mkdirSync(join(desk, '.github/workflows'), { recursive: true });
    writeFileSync(join(desk, '.github/workflows/ci.yml'), 'on: push\njobs: {}\n');
    const asksForWorkflows = async (url: string) => {
      writeFileSync(join(desk, '.git/config'), `[remote "origin"]\n\turl = ${url}\n`);
      const before = scene.emulator.requests().length;
      const move = `--import=data:text/javascript,process.chdir(process.env.DESK)`;
      const { code, stderr } = await ask(scene, args, { NODE_OPTIONS: move, DESK: desk });
      expect(code, stderr).toBe(0);
      return scene.emulator
        .requests()
        .slice(before)
        .some(({ path }) => path.includes('/.github/workflows'));
    };
    expect(await asksForWorkflows('git@github.com:octo-org/octo-repo.git')).toBe(false);
    expect(await asksForWorkflows('https://github.com/octo-org/another.git')).toBe(true);
  },
);
