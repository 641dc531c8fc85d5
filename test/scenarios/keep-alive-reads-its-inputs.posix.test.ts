import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ask, keepAliveScenario, VAULT } from '../harness/keep-alive.ts';

const GRAPH = 'https://graph.microsoft.com';

keepAliveScenario('keep-alive-resources refuses every other resource', async ({ emulator, keepAlive }) => {
  const inputs = { 'keep-alive-resources': `keyvault\n${GRAPH}/.default` };
  const { endpoint } = await keepAlive({ inputs });
  for (const resource of [VAULT, `${VAULT}/`, GRAPH, `${GRAPH}/`])
    expect((await ask(endpoint, { resource })).status, resource).toBe(200);
  const before = emulator.requests().length;
  for (const resource of ['https://storage.azure.com', `${VAULT}.evil.example`, `${GRAPH}/v1.0`]) {
    const { status, body } = await ask(endpoint, { resource });
    expect([status, body['error']], resource).toEqual([400, 'invalid_resource']);
    expect(body['error_description']).toContain('keep-alive-resources');
  }
  expect(emulator.requests()).toHaveLength(before);
});

for (const resource of ['https://management.core.windows.net/', 'https://management.azure.com/'])
  keepAliveScenario(
    `the alias arm allows Resource Manager as its clients name it: ${resource}`,
    async (scene) => {
      const { endpoint } = await scene.keepAlive({ inputs: { 'keep-alive-resources': 'arm' } });
      expect((await ask(endpoint, { resource })).status).toBe(200);
    },
  );

const INVALID: [string, Record<string, string>, RegExp][] = [
  [
    'resources without keep-alive',
    { 'keep-alive-resources': 'graph' },
    /^input-invalid: input `keep-alive-resources` is given without `keep-alive`/,
  ],
  [
    'resources with keep-alive off',
    { 'keep-alive': 'false', 'keep-alive-resources': 'graph' },
    /^input-invalid: input `keep-alive-resources` is given without `keep-alive`/,
  ],
  [
    'a word that is no alias',
    { 'keep-alive': 'true', 'keep-alive-resources': 'graph\ngraf' },
    /^input-invalid: input `keep-alive-resources` holds a line that is neither/,
  ],
  ...['yes', '1', 'on', 'overide', 'tRuE'].map((word): [string, Record<string, string>, RegExp] => [
    `keep-alive: ${word}`,
    { 'keep-alive': word },
    /^input-invalid: input `keep-alive` is neither true nor false/,
  ]),
];

for (const [what, inputs, error] of INVALID)
  keepAliveScenario(`refuses an input that cannot be meant: ${what}`, async ({ signIn, traffic }) => {
    const step = await signIn({ inputs });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(error);
    expect([step.state, step.outputs, traffic()]).toEqual([{}, {}, []]);
  });

keepAliveScenario('the refusal of a bad word names all that may be written', async ({ signIn }) => {
  const step = await signIn({ inputs: { 'keep-alive': 'overide' } });
  expect(step.error()).toContain('`override`');
});

keepAliveScenario(
  'a directory that cannot be written is told as what it is',
  async ({ job, signIn, traffic }) => {
    const file = join(job.root, 'a-file');
    writeFileSync(file, '');
    const step = await signIn({ inputs: { 'keep-alive': 'true' }, env: { RUNNER_TEMP: file } });
    expect(step.error()).toMatch(
      /^export-failed: the log of `keep-alive` could not be made under RUNNER_TEMP \(ENOTDIR\); nothing was exported\./,
    );
    expect(traffic()).toEqual([]);
  },
);
