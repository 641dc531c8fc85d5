import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { asTheMachine } from '../harness/workload.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SYSTEM = 'dddddddd-0000-4000-8000-000000000051';
const ONE = 'dddddddd-0000-4000-8000-000000000001';
const OTHER = 'dddddddd-0000-4000-8000-000000000002';
const OBJECT = 'eeeeeeee-0000-4000-8000-000000000001';
const ON_A_VM = { on: 'azure-vm' } as const;

scenario(
  'where none is named, the system-assigned identity signs in, and that is said',
  async ({ signIn, traffic }) => {
    const step = await signIn(asTheMachine());
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

scenario(
  'clients of later steps do not ask a proxy for the tokens of the machine',
  async ({ signIn }) => {
    const env = { NO_PROXY: 'nearby.example', no_proxy: undefined };
    const step = await signIn({ ...asTheMachine(), env });
    expect(step.code, step.stdout).toBe(0);
    const hosts = 'nearby.example,127.0.0.1,169.254.169.254';
    expect(step.variables).toMatchObject({ NO_PROXY: hosts });
    expect(step.variables).not.toHaveProperty('no_proxy');

    const { variables } = await signIn({ ...asTheMachine(), env: { ...env, HTTPS_PROXY: undefined } });
    expect(Object.keys(variables)).not.toContain('NO_PROXY');
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
      const step = await signIn(asTheMachine(id));
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
    const step = await signIn(asTheMachine(`resource-id=${id}`));
    expect(step.code, step.stdout).toBe(0);
    expect(step.log.join()).toContain('(the user-assigned managed identity /subscriptions/');
    expect(step.outputs['client-id']).toBe(ONE);
  },
  ON_A_VM,
);

scenario(
  'client-id names the identity, too',
  async ({ signIn }) => {
    const step = await signIn(asTheMachine('', { 'client-id': OTHER, 'tenant-id': TENANT }));
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['client-id']).toBe(OTHER);
  },
  ON_A_VM,
);

scenario(
  'App Service has its own way, and its identities sign in alike',
  async ({ signIn }) => {
    const step = await signIn(asTheMachine(ONE));
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
    const several = await signIn(asTheMachine());
    expect(several.error()).toMatch(
      /^identity-ambiguous: the machine has several user-assigned managed identities/,
    );
    expect(several.error()).toContain('az vm identity show');
    expect(several.outputs).toEqual({});
    vm.userAssigned = [ONE];
    const one = await signIn(asTheMachine());
    expect(one.outputs['client-id']).toBe(ONE);
  },
  ON_A_VM,
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
    const step = await signIn({ ...asTheMachine('', { sessions: 'none' }), env });
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
    const step = await signIn(asTheMachine());
    expect(step.code, step.stdout).toBe(0);
    expect(emulator.requests().map(({ service, status }) => `${service} ${status}`)).toEqual([
      'imds 500',
      'imds 200',
    ]);
  },
  ON_A_VM,
);
