import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { applicationOf, spreadAfter } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';
import { validation } from '../harness/validation.ts';

scenario('validates a trust that holds, with its roles, and exports nothing', async (scene) => {
  const { step, report } = await validation(scene);

  expect(step.code, step.stdout).toBe(0);
  expect(report).toMatchObject({ result: 'pass', cause: null, matched: 'production' });
  expect(step.outputs).toMatchObject({ result: 'pass', cause: '' });
  expect(Object.keys(step.outputs).sort()).toEqual(['cause', 'findings', 'report', 'result']);
  expect(step.variables).toEqual({});
  expect(step.summary).toMatch(/^### ✅ Entra trust: pass/);
  expect(JSON.stringify(report['roles'])).toContain('Contributor');
  expect(report.findings.map(({ code }) => code)).toContain('name-only-subject');
});

scenario('reads the directory after a wait for the trust that outlasted timeout', async (scene) => {
  spreadAfter(applicationOf(scene.emulator), 4_000);
  const { step, report } = await validation(scene, { timeout: '2', 'wait-for-trust': '60' });

  expect(step.code, step.stdout).toBe(0);
  expect(report).toMatchObject({ result: 'pass', matched: 'production', credentialsFrom: 'directory' });
});

scenario('reads a managed identity through its service principal and Resource Manager', async (scene) => {
  const { step, report } = await validation(scene, { 'client-id': 'dddddddd-0000-4000-8000-000000000001' });

  expect(step.code, step.stdout).toBe(0);
  expect(report).toMatchObject({ result: 'pass', matched: 'production', credentialsFrom: 'directory' });
  expect(JSON.stringify(report['identity'])).toContain('managed-identity');
});

scenario('is unknown, never passed, when the directory may not be read', async (scene) => {
  // octo-flexible has no right in Graph, and trusts this run.
  const { step, report } = await validation(scene, {
    'client-id': 'aaaaaaaa-0000-4000-8000-000000000009',
    'reader-client-id': '',
  });

  expect(step.code).toBe(1);
  expect(report.result).toBe('unknown');
  expect(step.summary).toContain('Application.Read.All');
});

scenario(
  'explains with no rights at all from the token, the refusal and the expected credentials',
  async (scene) => {
    const { job } = scene;
    const file = `${job.root}/expected.yml`;
    writeFileSync(
      file,
      'credentials:\n  - name: main\n    issuer: https://token.actions.githubusercontent.com\n    subject: repo:octo-org/octo-repo:ref:refs/heads/main\n    audiences: [api://AzureADTokenExchange]\n',
    );
    const { step, report } = await validation(scene, {
      'client-id': 'aaaaaaaa-0000-4000-8000-000000000002',
      'reader-client-id': '',
      'expected-credentials': file,
    });

    expect(step.code).toBe(1);
    expect(report).toMatchObject({ result: 'fail', cause: 'subject-entity-type', credentialsFrom: 'file' });
  },
);

scenario('says why there is no token when the permission is missing', async (scene) => {
  const { step, report } = await validation(
    scene,
    {},
    {
      env: { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
    },
  );
  expect(step.code).toBe(1);
  expect(report).toMatchObject({ result: 'fail', cause: 'missing-id-token-permission' });
  expect(report.fix['workflow']).toContain('id-token: write');
});
