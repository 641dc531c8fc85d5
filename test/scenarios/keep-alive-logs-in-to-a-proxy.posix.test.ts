import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { ask, keepAliveScenario } from '../harness/keep-alive.ts';
import { loginProxy } from '../harness/login-proxy.ts';

keepAliveScenario(
  'renews through a proxy that wants a login, which stays out of its log',
  async ({ emulator, keepAlive, traffic }) => {
    const host = await loginProxy(emulator.env['HTTPS_PROXY'] ?? '', 'build', 'p@ss:word');
    // Without a scheme, which the step adds for the endpoint, too.
    const { endpoint } = await keepAlive({ env: { HTTPS_PROXY: `build:p%40ss%3Aword@${host}` } });
    const before = traffic().length;
    expect((await ask(endpoint)).status).toBe(200);
    expect(traffic().length).toBe(before + 2);
    expect(readFileSync(endpoint.log, 'utf8')).not.toMatch(/p@ss|p%40ss/);
  },
);
