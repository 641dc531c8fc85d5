import { expect } from 'vitest';
import { ID_TOKEN, scenario } from '../harness/scenario.ts';

scenario(
  'asks for a new ID token once when Entra holds the first to be out of date',
  async ({ emulator, signIn, traffic }) => {
    emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 700024 });
    const step = await signIn();

    expect(step.code, step.stdout).toBe(0);
    expect(traffic()).toEqual([
      ID_TOKEN,
      'POST login.microsoftonline.com → 401',
      ID_TOKEN,
      'POST login.microsoftonline.com → 200',
    ]);
    const assertions = emulator.requests().flatMap(({ form }) => form?.['client_assertion'] ?? []);
    expect(new Set(assertions).size).toBe(2);
  },
);

scenario(
  'stops when a new ID token is out of date for Entra as well',
  async ({ emulator, signIn, traffic }) => {
    emulator.state.clockOffsetSeconds.entra = 3600;
    const step = await signIn();

    expect(step.code).toBe(1);
    expect(step.error()).toMatch(/^AADSTS700024: Entra holds the ID token to be outside its validity/);
    expect(traffic().filter((line) => line === ID_TOKEN)).toHaveLength(2);
  },
);

scenario('mints a new ID token for a later attempt when the first is about to expire', async (scene) => {
  // It lives about 61 s, of which 60 are kept in reserve: stale by the time that Entra asked to come back.
  scene.emulator.state.run.claims = { iat: Math.floor(Date.now() / 1000) + 239 };
  scene.emulator.fault({ service: 'entra-token', kind: 'status', status: 503, retryAfter: '3' });
  const step = await scene.signIn();

  expect(step.code, step.stdout).toBe(0);
  expect(scene.traffic().filter((line) => line === ID_TOKEN)).toHaveLength(2);
});
