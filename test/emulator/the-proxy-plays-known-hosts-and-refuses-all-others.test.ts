import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { temporaryDirectory } from '../harness/temporary-directory.ts';
import { idTokenRequest, send, tokenRequest, tunnel } from './client.ts';
import { useEmulator } from './fixture.ts';

const emulator = useEmulator();

test('a login goes through under the production host names', async () => {
  const idToken = await send(emulator.current, idTokenRequest(emulator.current));
  const { value } = JSON.parse(idToken.text) as { value: string };
  const reply = await send(emulator.current, await tokenRequest(emulator.current, { assertion: value }));
  expect(reply.status).toBe(200);
  const [asked, exchanged] = emulator.current.requests();
  expect(asked).toMatchObject({ service: 'github-id-token', method: 'GET', status: 200, form: null });
  expect(asked?.query).toEqual({ 'api-version': '2.0', audience: 'api://AzureADTokenExchange' });
  expect(asked?.headers['authorization']).toBe(`Bearer ${emulator.current.state.run.requestToken}`);
  expect(exchanged).toMatchObject({
    service: 'entra-token',
    host: 'login.microsoftonline.com',
    form: { grant_type: 'client_credentials', client_assertion: value },
  });
  expect(emulator.current.refusals()).toEqual([]);
  const { access_token: accessToken } = JSON.parse(reply.text) as { access_token: string };
  expect(emulator.current.issued()).toEqual(expect.arrayContaining([value, accessToken]));
});

test.each([
  'example.com:443',
  'login.microsoftonline.com:80',
  'login.microsoftonline.com.evil.example:443',
  '169.254.169.254:443',
])('refuses a tunnel to %s and records it', async (target) => {
  await expect(tunnel(emulator.current, target)).rejects.toThrow('CONNECT 403');
  expect(emulator.current.refusals()).toEqual([target]);
  expect(emulator.current.requests()).toEqual([]);
});

test('refuses plain requests and records them', async () => {
  const { hostname, port } = new URL(emulator.current.env['HTTPS_PROXY'] ?? '');
  const [response] = await once(
    get({ hostname, port, path: 'http://169.254.169.254/metadata', agent: false }),
    'response',
  );
  response.resume();
  expect(response.statusCode).toBe(403);
  expect(emulator.current.refusals()).toEqual(['169.254.169.254:80']);
});

test('has no certificate for a host that it does not play', async () => {
  const ca = readFileSync(emulator.current.env['NODE_EXTRA_CA_CERTS'] ?? '');
  const certified = async (servername: string) => {
    const socket = await tunnel(emulator.current, 'login.microsoftonline.com:443');
    const secure = tlsConnect({ socket, servername, ca });
    await once(secure, 'secureConnect');
    return secure.destroy().authorized;
  };
  expect(await certified('login.microsoftonline.com')).toBe(true);
  await expect(certified('example.com')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('does not answer for a Host other than that of the TLS session', async () => {
  const request = idTokenRequest(emulator.current);
  const reply = await send(emulator.current, request, { headers: { host: 'login.microsoftonline.com' } });
  expect(reply.status).toBe(421);
});

test('answers 404 where a known host serves nothing, and records it', async () => {
  const reply = await send(emulator.current, new Request('https://login.microsoftonline.com/nothing'));
  expect(reply.status).toBe(404);
  expect(emulator.current.requests()).toMatchObject([{ service: null, path: '/nothing', status: 404 }]);
});

test('plays the hosts of the run, and no longer those of another', async () => {
  Object.assign(emulator.current.state.run, { serverUrl: 'https://octo.ghe.com' });
  expect((await send(emulator.current, idTokenRequest(emulator.current))).status).toBe(200);
  await expect(
    tunnel(emulator.current, 'run-actions-1-azure-eastus.actions.githubusercontent.com:443'),
  ).rejects.toThrow('403');
});

test('keeps its authority in a private file that close removes', async () => {
  const own = await createEmulator();
  const path = own.env['NODE_EXTRA_CA_CERTS'] ?? '';
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await own.close();
  expect(existsSync(path)).toBe(false);
  await expect(tunnel(own, 'login.microsoftonline.com:443')).rejects.toThrow('ECONNREFUSED');
});

test('starts quickly', async () => {
  const begin = performance.now();
  const own = await createEmulator();
  expect(performance.now() - begin).toBeLessThan(1000);
  await own.close();
});

test('a control port that is taken is an error that leaves nothing behind', async () => {
  const { port } = new URL(emulator.current.control);
  const temp = temporaryDirectory();
  for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temp);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(createEmulator({ port: Number(port) })).rejects.toThrow('EADDRINUSE');
  expect(readdirSync(temp)).toEqual([]);
});

test('a seed that cannot work shows as a 500', async () => {
  Object.assign(emulator.current.state.run, { subject: null });
  const reply = await send(emulator.current, idTokenRequest(emulator.current));
  expect(reply).toMatchObject({ status: 500, text: expect.stringContaining('Emulator: TypeError') });
});
