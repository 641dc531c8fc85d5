import { expect } from 'vitest';
import { ask, keepAliveScenario } from '../harness/keep-alive.ts';

keepAliveScenario('trusts the CAs that NODE_OPTIONS had the step trust', async ({ emulator, keepAlive }) => {
  const { NODE_EXTRA_CA_CERTS: ca } = emulator.env;
  const env = { NODE_EXTRA_CA_CERTS: undefined, SSL_CERT_FILE: ca, NODE_OPTIONS: '--use-openssl-ca' };
  const { endpoint } = await keepAlive({ env });
  expect((await ask(endpoint)).status).toBe(200);
});
