import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario(
  'masks every token, with payload and signature, before anything else is printed of it',
  async (scene) => {
    const step = await scene.signIn({ inputs: { tokens: 'arm\ngraph' }, env: { RUNNER_DEBUG: '1' } });

    expect(step.code).toBe(0);
    for (const token of scene.emulator.issued()) {
      const [, payload, signature] = token.split('.');
      for (const part of [token, payload ?? '', signature ?? '']) expect(step.masks).toContain(part);
    }
    const requestToken = scene.emulator.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    expect(step.masks[0]).toBe(requestToken);
  },
);
