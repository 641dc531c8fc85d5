import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import { ID_TOKEN, scenario } from '../harness/scenario.ts';

const REFUSED = 'POST login.microsoftonline.com → 401';

scenario(
  'keeps trying within wait-for-trust while a new credential spreads',
  async ({ emulator, signIn, traffic }) => {
    applicationOf(emulator).propagation = { attempts: 2 };
    const step = await signIn({ inputs: { 'wait-for-trust': '30' } });

    expect(step.code, step.stdout).toBe(0);
    expect(traffic()).toEqual([ID_TOKEN, REFUSED, REFUSED, 'POST login.microsoftonline.com → 200']);
  },
);

scenario('stops at once without wait-for-trust, and names it', async ({ emulator, signIn, traffic }) => {
  applicationOf(emulator).propagation = { attempts: 1 };
  const step = await signIn();

  expect(step.code).toBe(1);
  expect(step.error()).toMatch(/^AADSTS700213: /);
  expect(step.error()).toContain('`wait-for-trust: 120`');
  expect(traffic()).toEqual([ID_TOKEN, REFUSED]);
});

scenario('gives up when wait-for-trust is over', async ({ signIn, traffic }) => {
  const started = Date.now();
  const step = await signIn({
    inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000006', 'wait-for-trust': '3', timeout: '2' },
  });

  expect(step.error()).toMatch(/^AADSTS70025: /);
  expect(step.error()).toMatch(/attempts +\d+ in \d+\.\d s/);
  expect(traffic().length).toBeGreaterThan(2);
  expect(Date.now() - started).toBeLessThan(6_000);
});

scenario(
  'mints new ID tokens for as long as it waits for the trust',
  async ({ emulator, signIn, traffic }) => {
    // Each lives about 62 s, of which 60 are kept in reserve; the wait outlasts both them and `timeout`.
    emulator.state.run.claims = { iat: Math.floor(Date.now() / 1000) + 238 };
    applicationOf(emulator).propagation = { attempts: 4 };
    const step = await signIn({ inputs: { 'wait-for-trust': '60', timeout: '2' } });

    expect(step.code, step.stdout).toBe(0);
    expect(traffic().filter((line) => line === ID_TOKEN).length).toBeGreaterThan(1);
  },
);
