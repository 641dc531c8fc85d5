import { createServer } from 'node:http';
import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { listen } from '../harness/listener.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { asTheMachine } from '../harness/workload.ts';

const ONE = 'dddddddd-0000-4000-8000-000000000001';
const OTHER = 'dddddddd-0000-4000-8000-000000000002';
const OBJECT = 'eeeeeeee-0000-4000-8000-000000000001';
const ON_A_VM = { on: 'azure-vm' } as const;

type Prepare = (scene: Scene) => Promise<StepOptions> | StepOptions;
const REFUSED: [string, Prepare, RegExp][] = [
  [
    'an identity that is not assigned',
    () => asTheMachine('aaaaaaaa-0000-4000-8000-0000000000ff'),
    /^identity-not-assigned: the managed identity client-id=aaaaaaaa-0000-4000-8000-0000000000ff is not assigned to this machine\./,
  ],
  [
    'a machine without any',
    ({ emulator }) => {
      Object.assign(emulator.state.workloads.azure.vm, { systemAssigned: null, userAssigned: [] });
      return asTheMachine();
    },
    /^identity-not-assigned: this machine has no managed identity\./,
  ],
  [
    'no metadata service',
    () => ({ ...asTheMachine(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' } }),
    /^identity-unreachable: Azure's instance metadata service cannot be reached at 127\.0\.0\.1:9: ECONNREFUSED\./,
  ],
  [
    "another cloud's metadata service",
    async () => {
      const host = await listen(createServer((_, answer) => void answer.writeHead(404).end('<html>')));
      return { ...asTheMachine(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${host}` } };
    },
    /^identity-unreachable: what answers at 127\.0\.0\.1:\d+ is not Azure's instance metadata service \(404\)\./,
  ],
  [
    'a metadata service on a host that is none',
    () => ({ ...asTheMachine(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://metadata.example' } }),
    /^identity-unreachable: .* cannot be reached at metadata\.example: it is no metadata server\./,
  ],
  [
    'an endpoint of App Service on another host, which does not see the header',
    () => ({
      ...asTheMachine(),
      env: { IDENTITY_ENDPOINT: 'http://198.51.100.1/msi/token', IDENTITY_HEADER: 'secret-of-the-host' },
    }),
    /^identity-unreachable: the managed identity endpoint in IDENTITY_ENDPOINT cannot be reached at 198\.51\.100\.1: it is no metadata server\./,
  ],
  [
    'another client than expected',
    () => asTheMachine(`object-id=${OBJECT}`, { 'client-id': OTHER }),
    /^identity-other: /,
  ],
  ['another tenant than expected', () => asTheMachine('', { 'tenant-id': OTHER }), /^identity-other: /],
  ['a client that is not allowed', () => asTheMachine('', { 'allowed-clients': ONE }), /^guard-client: /],
  ['a tenant that is not allowed', () => asTheMachine('', { 'allowed-tenants': ONE }), /^guard-tenant: /],
  [
    'keep-alive',
    () => asTheMachine('', { 'keep-alive': 'true' }),
    /^input-invalid: input `keep-alive` is given with/,
  ],
  [
    'a validation',
    () => asTheMachine('', { mode: 'validate' }),
    /^input-invalid: input `mode` is `validate` with/,
  ],
];

for (const [what, prepare, sentence] of REFUSED)
  scenario(
    `${what}: its own sentence, and nothing is exported`,
    async (scene) => {
      const step = await scene.signIn(await prepare(scene));
      expect(step.code).toBe(1);
      expect(step.error()).toMatch(sentence);
      expect([step.outputs, step.variables]).toEqual([{}, {}]);
    },
    ON_A_VM,
  );

scenario(
  'App Service that does not know the header says so',
  async ({ signIn }) => {
    const step = await signIn({ ...asTheMachine(), env: { IDENTITY_HEADER: 'stale' } });
    expect(step.error()).toMatch(
      /^identity-refused: the managed identity endpoint in IDENTITY_ENDPOINT does not accept/,
    );
  },
  { on: 'app-service' },
);

scenario(
  'App Service chooses no user-assigned identity: one has to be named',
  async ({ emulator, signIn }) => {
    emulator.state.workloads.azure.appService.systemAssigned = null;
    const step = await signIn(asTheMachine());
    expect(step.error()).toMatch(/^identity-not-assigned: this app has no system-assigned managed identity/);
    expect((await signIn(asTheMachine(ONE))).outputs['client-id']).toBe(ONE);
  },
  { on: 'app-service' },
);

scenario(
  'of several tokens the one that is refused is the one that is told of',
  async ({ signIn }) => {
    const step = await signIn(asTheMachine('', { tokens: 'arm\nnowhere=api://nowhere\ngraph' }));
    expect(step.error()).toMatch(
      /^identity-refused: Azure's instance metadata service gave no token: it answered 400\./,
    );
    expect(step.outputs).toEqual({});
  },
  ON_A_VM,
);
