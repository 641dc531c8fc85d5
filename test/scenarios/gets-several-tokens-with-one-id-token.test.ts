import { expect } from 'vitest';
import { ACCESS_TOKEN, ID_TOKEN, scenario } from '../harness/scenario.ts';

scenario(
  'gets several tokens with one ID token, each under its name',
  async ({ emulator, signIn, traffic }) => {
    const tokens =
      'arm\ngraph\nvault=keyvault\nstorage=https://storage.azure.com\nops=499b84ac-1321-427f-aa17-267ca6975798/.default';
    const step = await signIn({ inputs: { tokens } });

    expect(step.code, step.stdout).toBe(0);
    expect(traffic()).toEqual([ID_TOKEN, ...Array(5).fill(ACCESS_TOKEN)]);
    const exchanges = emulator.requests().filter(({ method }) => method === 'POST');
    expect(exchanges.map(({ form }) => form?.['scope']).sort()).toEqual([
      '499b84ac-1321-427f-aa17-267ca6975798/.default',
      'https://graph.microsoft.com/.default',
      'https://management.core.windows.net//.default',
      'https://storage.azure.com/.default',
      'https://vault.azure.net/.default',
    ]);
    expect(new Set(exchanges.map(({ form }) => form?.['client_assertion'])).size).toBe(1);
    expect(new Set(exchanges.map(({ headers }) => headers['client-request-id'])).size).toBe(1);
    expect(Object.keys(JSON.parse(step.outputs['tokens'] ?? ''))).toEqual([
      'arm',
      'graph',
      'vault',
      'storage',
      'ops',
    ]);
    expect(step.outputs['access-token']).toBe(JSON.parse(step.outputs['tokens'] ?? '')['arm']);
  },
);
