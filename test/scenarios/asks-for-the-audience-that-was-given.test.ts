import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import { scenario } from '../harness/scenario.ts';

scenario(
  'asks for the audience that was given, encoded as one query parameter',
  async ({ emulator, signIn }) => {
    const audience = 'api://octo?a=1&audience=b#c';
    for (const credential of applicationOf(emulator).federatedIdentityCredentials)
      credential.audiences = [audience];
    const step = await signIn({ inputs: { audience } });

    expect(step.code, step.stdout).toBe(0);
    expect(emulator.requests()[0]?.query).toEqual({ 'api-version': '2.0', audience });
    expect(step.outputs['audience']).toBe(audience);
  },
);
