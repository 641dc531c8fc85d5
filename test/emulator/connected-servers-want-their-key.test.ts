import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ARC_KEYS, arcKeysCanBeWritten } from '../../src/emulator/workloads/arc.ts';
import { leaveOut } from '../harness/left-out.ts';
import { claimsOf } from './client.ts';
import { useEmulator } from './fixture.ts';
import { askLocal } from './local.ts';

const emulator = useEmulator();
const CLIENT = 'dddddddd-0000-4000-8000-000000000001';

function ask(headers: Record<string, string> = {}, extra = '') {
  const endpoint = emulator.current.workloadEnv('arc')['IDENTITY_ENDPOINT'];
  const query = `api-version=2020-06-01&resource=https://management.azure.com/${extra}`;
  return askLocal(`${endpoint}?${query}`, { Metadata: 'true', ...headers });
}

/** Answers a challenge with what its key file holds. */
async function askWithKey(extra = '') {
  const { headers } = await ask({}, extra);
  const path = headers.get('www-authenticate')?.replace('Basic realm=', '') ?? '';
  const authorization = `Basic ${readFileSync(path, 'utf8')}`;
  return { path, authorization, reply: await ask({ authorization }, extra) };
}

const ONCE = 'a key is written, is good once, and is gone';
const SELECTOR = 'an old agent takes no notice of a selector, a new one confirms it';

if (await arcKeysCanBeWritten()) {
  test(ONCE, async () => {
    const { path, authorization, reply } = await askWithKey();
    expect(path).toMatch(new RegExp(`^${ARC_KEYS}/[0-9a-f-]+\\.key$`));
    expect(reply.status).toBe(200);
    expect(claimsOf(reply.json.access_token)).toMatchObject({
      oid: 'eeeeeeee-0000-4000-8000-000000000053',
      xms_mirid: expect.stringMatching(/Microsoft\.HybridCompute\/machines\/octo-arc$/),
    });
    expect(existsSync(path)).toBe(false);
    expect((await ask({ authorization })).status).toBe(401);
  });

  test(SELECTOR, async () => {
    const old = await askWithKey(`&client_id=${CLIENT}`);
    expect(old.reply.json.client_id).toBe('dddddddd-0000-4000-8000-000000000053');
    emulator.current.state.workloads.azure.arc.userAssigned = [CLIENT];
    const object = 'eeeeeeee-0000-4000-8000-000000000001';
    const { reply } = await askWithKey(`&object_id=${object}`);
    expect(reply.json).toMatchObject({ client_id: CLIENT, object_id: object });
    expect((await askWithKey('&client_id=dddddddd-0000-4000-8000-000000000099')).reply.status).toBe(400);
  });
} else {
  for (const sentence of [ONCE, SELECTOR])
    leaveOut(sentence, 'the keys of Azure Arc cannot be written (they need root, on Linux)');

  test('it says that it may not write keys', async () => {
    expect(await ask()).toMatchObject({ status: 500, json: { error: 'internal_error' } });
  });
}

test('the header of metadata is wanted before a key', async () => {
  expect((await ask({ Metadata: 'false' })).status).toBe(400);
});
