import { expect, test } from 'vitest';
import { workflowFacts } from '../../../src/validate/workflow-facts.ts';
import { fc } from '../../harness/property.ts';

const read = (text: string) => workflowFacts({ path: 'w.yml', text });

test('reads what matters of a workflow', () => {
  const text = `
on:
  push: { branches: [main] }
  pull_request:
permissions: { contents: read, id-token: write }
jobs:
  test:
    runs-on: ubuntu-latest
    permissions: {}
    steps: [{ uses: actions/checkout@v5 }, { run: npm test }]
  deploy:
    runs-on: [self-hosted, linux]
    environment: { name: prod, url: https://x.example }
    steps: [{ uses: azure/login@v2, with: { client-id: x } }]
  call:
    uses: org/ci/.github/workflows/d.yml@main
`;
  expect(read(text)).toEqual({
    path: 'w.yml',
    events: ['push', 'pull_request'],
    idToken: 'write',
    jobs: [
      { id: 'test', idToken: 'none', environment: null, usesLogin: false, runsOn: ['ubuntu-latest'] },
      { id: 'deploy', idToken: null, environment: 'prod', usesLogin: true, runsOn: ['self-hosted', 'linux'] },
      { id: 'call', idToken: null, environment: null, usesLogin: null, runsOn: null },
    ],
  });
});

test.each([
  ['on: push', ['push']],
  ['on: [push, workflow_dispatch]', ['push', 'workflow_dispatch']],
  ['on: { schedule: [{ cron: "0 0 * * *" }] }', ['schedule']],
  ['name: none', []],
])('%s: events %j', (head, events) => {
  expect(read(`${head}\njobs: {}`)?.events).toEqual(events);
});

test.each([
  ['', null],
  ['permissions: write-all', 'write'],
  ['permissions: read-all', 'none'],
  ['permissions:', 'none'],
  ['permissions: {}', 'none'],
  ['permissions: { id-token: read }', 'none'],
  ['permissions: { id-token: write }', 'write'],
])('%s grants %s', (permissions, grant) => {
  expect(read(`on: push\n${permissions}\njobs: {}`)?.idToken).toBe(grant);
});

test.each([
  ['{ uses: acme/entra-federate@v1 }', true],
  ['{ uses: Azure/Login@a1b2 }', true],
  ['{ uses: aws-actions/configure-aws-credentials@v4 }', true],
  ['{ uses: actions/attest-build-provenance@v3 }', true],
  ['{ run: "curl $ACTIONS_ID_TOKEN_REQUEST_URL" }', true],
  ['{ uses: actions/github-script@v8, with: { script: "core.getIDToken()" } }', true],
  ['{ uses: ./.github/actions/deploy }', null],
  ['{ uses: azure/login-helper@v1 }', false],
  ['{ run: az group list }', false],
  ['7', false],
])('a job with step %s: asks for a token: %s', (step, asks) => {
  expect(read(`on: push\njobs: { j: { steps: [${step}] } }`)?.jobs[0]?.usesLogin).toBe(asks);
});

test.each([
  ['ubuntu-latest', ['ubuntu-latest']],
  ['{ group: big, labels: [self-hosted] }', ['self-hosted']],
  ['{ group: big }', null],
  ['"${{ matrix.os }}"', null],
  ['[self-hosted, "${{ matrix.os }}"]', null],
])('runs-on: %s', (runsOn, labels) => {
  expect(read(`on: push\njobs: { j: { runs-on: ${runsOn} } }`)?.jobs[0]?.runsOn).toEqual(labels);
});

test('an environment by expression stays as it is written', () => {
  expect(read('on: push\njobs: { j: { environment: "${{ inputs.e }}" } }')?.jobs[0]?.environment).toBe(
    '${{ inputs.e }}',
  );
});

const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
  .split('')
  .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`)
  .join('\n')}\njobs: {}`;

test.each(['', 'text', '[]', 'jobs: []', 'a: [', '%YAML 9', BOMB])('no workflow: %j', (text) => {
  expect(read(text)).toBe(null);
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'onjbs:[]{}&*!\n -"\'#|>%1') }), (text) => {
      read(text);
      read(`on: ${text}\njobs:\n  j: ${text}`);
    }),
    { numRuns: 2000 },
  );
});
