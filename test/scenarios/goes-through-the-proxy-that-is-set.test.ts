import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('names the proxy that it went through', async ({ emulator, signIn }) => {
  const step = await signIn();
  const { host } = new URL(emulator.env['HTTPS_PROXY'] ?? '');
  expect(step.log[0]).toMatch(new RegExp(`\\(through the proxy ${host}\\)$`));
});

scenario('takes a proxy without a scheme for http, as curl does', async ({ emulator, signIn, traffic }) => {
  const { port } = new URL(emulator.env['HTTPS_PROXY'] ?? '');
  const step = await signIn({ env: { HTTPS_PROXY: `localhost:${port}` } });
  expect(step.code, step.stdout).toBe(0);
  expect(traffic()).toHaveLength(2);
});

for (const proxy of ['socks5://127.0.0.1:1080', 'http://', 'http://[']) {
  scenario(`refuses the proxy ${proxy}, instead of going round it`, async ({ signIn, traffic }) => {
    const step = await signIn({ env: { HTTPS_PROXY: proxy } });
    expect(step.error()).toMatch(/^proxy-unusable: the proxy in HTTPS_PROXY cannot be used: /);
    expect(traffic()).toEqual([]);
  });
}

const REFUSALS = [
  [407, 'The proxy asks for a login: put user and password into HTTPS_PROXY'],
  [403, 'The administrator of the proxy has to allow the host'],
] as const;

for (const [status, remedy] of REFUSALS) {
  scenario(
    `stops at once when the proxy answers ${status}, and says what to do`,
    async ({ emulator, signIn, traffic }) => {
      emulator.fault({ service: 'entra-token', kind: 'refused', status, times: Number.POSITIVE_INFINITY });
      const started = Date.now();
      const step = await signIn();
      expect(step.error()).toMatch(
        new RegExp(
          `^proxy-refused: the proxy does not let this runner reach Entra: the proxy answered ${status} to CONNECT\\.`,
        ),
      );
      expect(step.error()).toContain(remedy);
      expect(traffic()).toHaveLength(1);
      expect(Date.now() - started).toBeLessThan(3_000);
    },
  );
}
