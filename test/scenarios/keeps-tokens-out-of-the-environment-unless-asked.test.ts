import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario(
  'puts the first token into the environment only under the name that was asked for',
  async ({ signIn }) => {
    const without = await signIn({ inputs: { sessions: 'none' } });
    expect(without.code).toBe(0);
    expect(without.variables).toEqual({});
    expect(without.state).toEqual({});
    expect(without.outputs['federated-token-file']).toBeUndefined();

    const asked = await signIn({
      inputs: { sessions: 'none', tokens: 'graph\narm', 'export-access-token': 'GRAPH_TOKEN' },
    });
    expect(asked.variables).toEqual({ GRAPH_TOKEN: asked.outputs['access-token'] });
  },
  { exported: ['GRAPH_TOKEN'] },
);
