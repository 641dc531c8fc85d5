import { createServer } from 'node:http';
import { expect } from 'vitest';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { listen } from '../harness/listener.ts';
import { type Scene, scenario } from '../harness/scenario.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SYSTEM = 'dddddddd-0000-4000-8000-000000000051';
const ONE = 'dddddddd-0000-4000-8000-000000000001';
const OTHER = 'dddddddd-0000-4000-8000-000000000002';
const OBJECT = 'eeeeeeee-0000-4000-8000-000000000001';
const ON_A_VM = { on: 'azure-vm' } as const;

const as = (id = '', inputs: StepOptions['inputs'] = {}): StepOptions => ({
  inputs: {
    'identity-source': `direct-managed-identity${id === '' ? '' : `:${id}`}`,
    'client-id': '',
    'tenant-id': '',
    sessions: 'sdk, terraform, azcopy, powershell',
    ...inputs,
  },
});

scenario(
  'where none is named, the system-assigned identity signs in, and that is said',
  async ({ signIn, traffic }) => {
    const step = await signIn(as());
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs).toMatchObject({ 'client-id': SYSTEM, 'tenant-id': TENANT, issuer: '', subject: '' });
    expect(step.log.join()).toContain('(the system-assigned managed identity /subscriptions/');
    expect(step.summary).toContain('system-assigned, of this machine');
    expect(step.variables).toMatchObject({
      ARM_USE_MSI: 'true',
      ARM_USE_OIDC: 'false',
      AZURE_TENANT_ID: TENANT,
    });
    // Clients ask for the system-assigned identity by naming none.
    expect(Object.values(step.variables)).not.toContain(SYSTEM);
    expect(step.variables).not.toHaveProperty('AZURE_FEDERATED_TOKEN_FILE');
    expect(traffic().filter((line) => /github|microsoftonline/.test(line))).toEqual([]);
  },
  ON_A_VM,
);

for (const [how, id, client] of [
  ['client id', ONE, ONE],
  ['client id, said so', `client-id=${OTHER}`, OTHER],
  ['object id', `object-id=${OBJECT}`, ONE],
] as const)
  scenario(
    `a user-assigned identity signs in by its ${how}`,
    async ({ signIn }) => {
      const step = await signIn(as(id));
      expect(step.code, step.stdout).toBe(0);
      expect(step.outputs['client-id']).toBe(client);
      expect(step.variables).toMatchObject({
        AZURE_CLIENT_ID: client,
        ARM_CLIENT_ID: client,
        AZCOPY_AUTO_LOGIN_TYPE: 'MSI',
        AZCOPY_MSI_CLIENT_ID: client,
      });
    },
    ON_A_VM,
  );

scenario(
  'a user-assigned identity signs in by its resource id',
  async ({ emulator, signIn }) => {
    const identities = emulator.state.tenants.flatMap(({ managedIdentities }) => managedIdentities);
    const { subscriptionId, resourceGroup, name } = identities.find(({ clientId }) => clientId === ONE) ?? {};
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const step = await signIn(as(`resource-id=${id}`));
    expect(step.code, step.stdout).toBe(0);
    expect(step.log.join()).toContain('(the user-assigned managed identity /subscriptions/');
    expect(step.outputs['client-id']).toBe(ONE);
  },
  ON_A_VM,
);

scenario(
  'client-id names the identity, too',
  async ({ signIn }) => {
    const step = await signIn(as('', { 'client-id': OTHER, 'tenant-id': TENANT }));
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['client-id']).toBe(OTHER);
  },
  ON_A_VM,
);

scenario(
  'App Service has its own way, and its identities sign in alike',
  async ({ signIn }) => {
    const step = await signIn(as(ONE));
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['client-id']).toBe(ONE);
  },
  { on: 'app-service' },
);

scenario(
  'without a system-assigned identity the only user-assigned one signs in, and of several none does',
  async ({ emulator, signIn }) => {
    const { vm } = emulator.state.workloads.azure;
    vm.systemAssigned = null;
    const several = await signIn(as());
    expect(several.error()).toMatch(
      /^identity-ambiguous: the machine has several user-assigned managed identities/,
    );
    expect(several.error()).toContain('az vm identity show');
    expect(several.outputs).toEqual({});
    vm.userAssigned = [ONE];
    const one = await signIn(as());
    expect(one.outputs['client-id']).toBe(ONE);
  },
  ON_A_VM,
);

type Prepare = (scene: Scene) => Promise<StepOptions> | StepOptions;
const REFUSED: [string, Prepare, RegExp][] = [
  [
    'an identity that is not assigned',
    () => as('aaaaaaaa-0000-4000-8000-0000000000ff'),
    /^identity-not-assigned: the managed identity client-id=aaaaaaaa-0000-4000-8000-0000000000ff is not assigned to this machine\./,
  ],
  [
    'a machine without any',
    ({ emulator }) => {
      Object.assign(emulator.state.workloads.azure.vm, { systemAssigned: null, userAssigned: [] });
      return as();
    },
    /^identity-not-assigned: this machine has no managed identity\./,
  ],
  [
    'no metadata service',
    () => ({ ...as(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' } }),
    /^identity-unreachable: Azure's instance metadata service cannot be reached at 127\.0\.0\.1:9: ECONNREFUSED\./,
  ],
  [
    "another cloud's metadata service",
    async () => {
      const host = await listen(createServer((_, answer) => void answer.writeHead(404).end('<html>')));
      return { ...as(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://${host}` } };
    },
    /^identity-unreachable: what answers at 127\.0\.0\.1:\d+ is not Azure's instance metadata service \(404\)\./,
  ],
  [
    'a metadata service on a host that is none',
    () => ({ ...as(), env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://metadata.example' } }),
    /^identity-unreachable: .* cannot be reached at metadata\.example: it is no metadata server\./,
  ],
  [
    'an endpoint of App Service on another host, which does not see the header',
    () => ({
      ...as(),
      env: { IDENTITY_ENDPOINT: 'http://198.51.100.1/msi/token', IDENTITY_HEADER: 'secret-of-the-host' },
    }),
    /^identity-unreachable: the managed identity endpoint in IDENTITY_ENDPOINT cannot be reached at 198\.51\.100\.1: it is no metadata server\./,
  ],
  [
    'another client than expected',
    () => as(`object-id=${OBJECT}`, { 'client-id': OTHER }),
    /^identity-other: /,
  ],
  ['another tenant than expected', () => as('', { 'tenant-id': OTHER }), /^identity-other: /],
  ['a client that is not allowed', () => as('', { 'allowed-clients': ONE }), /^guard-client: /],
  ['a tenant that is not allowed', () => as('', { 'allowed-tenants': ONE }), /^guard-tenant: /],
  ['keep-alive', () => as('', { 'keep-alive': 'true' }), /^input-invalid: input `keep-alive` is given with/],
  ['a validation', () => as('', { mode: 'validate' }), /^input-invalid: input `mode` is `validate` with/],
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
    const step = await signIn({ ...as(), env: { IDENTITY_HEADER: 'stale' } });
    expect(step.error()).toMatch(
      /^identity-refused: the managed identity endpoint in IDENTITY_ENDPOINT does not accept/,
    );
  },
  { on: 'app-service' },
);

scenario(
  'neither a proxy nor a token file of another identity comes between',
  async ({ emulator, signIn }) => {
    const env = {
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '',
      AZURE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
      AZURE_TENANT_ID: TENANT,
      AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token',
    };
    const step = await signIn({ ...as('', { sessions: 'none' }), env });
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['client-id']).toBe(SYSTEM);
    expect(emulator.issued()).toContain(step.outputs['access-token']);
  },
  ON_A_VM,
);

scenario(
  'who is busy is asked again',
  async ({ emulator, signIn }) => {
    emulator.fault({ service: 'imds', times: 1, kind: 'status', status: 500 });
    const step = await signIn(as());
    expect(step.code, step.stdout).toBe(0);
    expect(emulator.requests().map(({ service, status }) => `${service} ${status}`)).toEqual([
      'imds 500',
      'imds 200',
    ]);
  },
  ON_A_VM,
);

scenario(
  'App Service chooses no user-assigned identity: one has to be named',
  async ({ emulator, signIn }) => {
    emulator.state.workloads.azure.appService.systemAssigned = null;
    const step = await signIn(as());
    expect(step.error()).toMatch(/^identity-not-assigned: this app has no system-assigned managed identity/);
    expect((await signIn(as(ONE))).outputs['client-id']).toBe(ONE);
  },
  { on: 'app-service' },
);

scenario(
  'of several tokens the one that is refused is the one that is told of',
  async ({ signIn }) => {
    const step = await signIn(as('', { tokens: 'arm\nnowhere=api://nowhere\ngraph' }));
    expect(step.error()).toMatch(
      /^identity-refused: Azure's instance metadata service gave no token: it answered 400\./,
    );
    expect(step.outputs).toEqual({});
  },
  ON_A_VM,
);
