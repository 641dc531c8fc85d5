import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { ask, keepAliveScenario, VAULT } from '../harness/keep-alive.ts';
import { SOURCES } from '../harness/workload.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
const CONTOSO = '11111111-1111-4111-8111-111111111111';
/** The application of the seed that trusts the workload of each source. */
const TRUSTING: Readonly<Record<string, string>> = {
  github: 'aaaaaaaa-0000-4000-8000-000000000001',
  file: 'aaaaaaaa-0000-4000-8000-000000000052',
  google: 'aaaaaaaa-0000-4000-8000-000000000053',
  aws: 'aaaaaaaa-0000-4000-8000-000000000054',
  'managed-identity': 'aaaaaaaa-0000-4000-8000-000000000051',
};

for (const { source, on, prepare } of SOURCES)
  keepAliveScenario(
    `the endpoint asks ${source} for another assertion, and exchanges that`,
    async (scene) => {
      const { emulator, keepAlive } = scene;
      const client = TRUSTING[source] ?? '';
      const { inputs } = await prepare(scene, AUDIENCE);
      const { step, endpoint } = await keepAlive({
        inputs: { ...inputs, 'client-id': client, 'tenant-id': CONTOSO },
      });
      expect(step.variables).toHaveProperty('IDENTITY_ENDPOINT');
      const before = emulator.requests().length;
      const { status, body } = await ask(endpoint);
      expect([status, body['client_id'], body['resource']], body['error_description']).toEqual([
        200,
        client,
        VAULT,
      ]);
      expect(emulator.issued()).toContain(body['access_token']);
      expect(emulator.requests().slice(before).at(-1)).toMatchObject({
        host: 'login.microsoftonline.com',
        form: { scope: `${VAULT}/.default`, client_id: client },
      });
    },
    on ? { on } : {},
  );

keepAliveScenario('a token in a file is read anew for each exchange', async (scene) => {
  const { emulator, keepAlive, projected } = scene;
  const path = await projected();
  const { endpoint } = await keepAlive({
    inputs: {
      'identity-source': `file:${path}`,
      'client-id': TRUSTING['file'] ?? '',
      'tenant-id': CONTOSO,
    },
  });
  writeFileSync(path, await emulator.serviceAccountToken({ issuedSecondsAgo: 7_200 }));
  const late = await ask(endpoint);
  expect(late.status).toBe(400);
  expect(late.body['error_description']).toMatch(/^token-file-expired: /);
  const another = await emulator.serviceAccountToken({ cluster: 'eks' });
  writeFileSync(path, another);
  const storage = await ask(endpoint, { resource: 'https://storage.azure.com' });
  expect(storage.status, storage.body['error_description']).toBe(200);
  expect(emulator.requests().at(-1)?.form?.['client_assertion']).toBe(another);
});
