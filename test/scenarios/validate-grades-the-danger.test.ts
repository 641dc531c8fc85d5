import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';
import { ADMIN, application, validation } from '../harness/validation.ts';

scenario('fails for an owner of the subscription that pull requests may become', async (scene) => {
  Object.assign(scene.emulator.state.run, { environment: null, eventName: 'pull_request' });
  for (const credential of applicationOf(scene.emulator, ADMIN).federatedIdentityCredentials)
    credential.subject = 'repo:octo-org/octo-repo:pull_request';
  const { step, report } = await validation(scene, { 'client-id': application(14) });
  expect(step.code).toBe(1);
  expect(report).toMatchObject({ result: 'fail', cause: null, matched: 'pull-requests' });
  expect(report.findings[0]).toMatchObject({ code: 'pull-request-trusted', severity: 'critical' });
});

scenario('grades the danger by the roles behind a credential', async (scene) => {
  const { step, report } = await validation(scene, { 'client-id': application(14) });
  expect(step.code).toBe(1);
  const found = Object.fromEntries(report.findings.map(({ code, severity }) => [code, severity]));
  expect(found).toMatchObject({ 'pull-request-trusted': 'critical', 'broad-role': 'high' });
  expect(step.outputs['findings']).toBe(String(report.findings.length));
});

scenario(
  'an issuer that looks like a GitHub, and is not the one that the job runs on, is critical',
  async (scene) => {
    const issuer = 'https://evil.example/_services/token';
    const { federatedIdentityCredentials: all } = applicationOf(scene.emulator);
    all.push(...all.slice(0, 1).map((one) => ({ ...one, name: 'planted', issuer })));
    const { report } = await validation(scene);
    expect(report.findings[0]).toMatchObject({
      code: 'unknown-issuer',
      severity: 'critical',
      credential: 'planted',
      message: expect.stringContaining('not the issuer of github.com'),
    });
  },
);

scenario('lets findings below fail-on pass', async (scene) => {
  const { step, report } = await validation(scene, { 'fail-on': 'critical' });
  expect([step.code, report.result]).toEqual([0, 'pass']);
  const strict = await validation(scene, { 'fail-on': 'low' });
  expect([strict.step.code, strict.report.result]).toEqual([1, 'fail']);
});

scenario('writes SARIF where it is asked for', async (scene) => {
  const file = `${scene.job.root}/reports/findings.sarif`;
  const { report } = await validation(scene, { 'client-id': application(14), 'sarif-file': file });
  const sarif = JSON.parse(readFileSync(file, 'utf8'));
  expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Entra Federate' } } }] });
  expect(sarif.runs[0].results).toHaveLength(report.findings.length);
  expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'pull-request-trusted', level: 'error' });
});

scenario('probes with audiences that must be refused', async (scene) => {
  const { step, report } = await validation(scene, { probe: 'true' });
  expect(step.code, step.stdout).toBe(0);
  expect(report['probes']).toMatchObject([
    { audience: 'https://github.com/octo-org', result: 'passed' },
    { audience: 'api://AzureADTokenExchangeUSGov', result: 'passed' },
    { audience: 'api://AzureADTokenExchangeChina', result: 'passed' },
  ]);
});

scenario('does not wait for a probe to be accepted', async (scene) => {
  const { report } = await validation(scene, { probe: 'true', 'wait-for-trust': '600' });

  expect(report['probes']).toMatchObject(Array(3).fill({ result: 'passed' }));
});

scenario('a probe can fail: an identity that accepts any audience is critical', async (scene) => {
  const { step, report } = await validation(scene, { probe: 'true', 'client-id': application(17) });
  expect(step.code).toBe(1);
  expect(report.findings.filter(({ code }) => code === 'probe-accepted')).toHaveLength(3);
  expect(report.findings[0]?.severity).toBe('critical');
});

scenario('a probe that meets another answer is unknown', async (scene) => {
  // A credential names the audience, of another subject: Entra refuses, but not because of the audience.
  const { federatedIdentityCredentials: all } = applicationOf(scene.emulator);
  const audiences = ['api://AzureADTokenExchangeUSGov'];
  all.push(...all.map((one) => ({ ...one, name: 'gov', audiences, subject: 'somebody-else' })));
  const { step, report } = await validation(scene, { probe: 'true' });
  expect(report['probes']).toMatchObject([
    { audience: 'https://github.com/octo-org', result: 'passed' },
    {
      audience: 'api://AzureADTokenExchangeUSGov',
      result: 'unknown',
      detail: expect.stringContaining('AADSTS700213'),
    },
    { audience: 'api://AzureADTokenExchangeChina', result: 'passed' },
  ]);
  expect([step.code, report.result]).toEqual([1, 'unknown']);
});

scenario('says so when the report cannot be written where it was asked for', async (scene) => {
  const step = await scene.signIn({ inputs: { mode: 'validate', 'report-file': scene.job.temp } });
  expect(step.code).toBe(1);
  expect(step.commands.filter(({ name }) => name === 'error').at(-1)?.message).toMatch(
    /^export-failed: the report could not be written \(EISDIR\)\./,
  );
});
