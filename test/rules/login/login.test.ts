import { expect, test } from 'vitest';
import { login } from '../../../src/login/login.ts';
import { inputsOf } from '../../harness/inputs.ts';
import { fakeEffects } from '../sources/effects.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const DOMAIN = 'contoso.onmicrosoft.com';

test('a domain is not compared with allowed ids in the place of a tenant that the token does not tell', async () => {
  const body = JSON.stringify({ access_token: 'opaque', expires_in: 3599 });
  const { fx, patience } = fakeEffects(() => ({ status: 200, headers: {}, body }));
  const inputs = inputsOf({
    'client-id': ID,
    'tenant-id': DOMAIN,
    'allowed-tenants': `${DOMAIN}\n${ID}`,
    sessions: 'none',
  });
  if (inputs.mode !== 'login') return expect.fail('another mode');
  const assertion = async () => ({
    token: 'e.e.e',
    claims: {},
    from: 'a test',
    staleAt: patience.startedAt * 2,
  });
  const explain = () => Promise.reject(new Error('nothing was refused'));
  const tools = { explain, patience, fx, signal: new AbortController().signal };
  await expect(login(inputs, () => ({ assertion }), tools)).rejects.toThrow(
    'guard-tenant: the tenant of the token could not be read',
  );
});
