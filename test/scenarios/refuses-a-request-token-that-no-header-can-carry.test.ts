import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const BROKEN = {
  'a line end at its end': 'request-token-of-this-job\n',
  'a line end within': 'request-token\r\nx-header: of-this-job',
  'a blank': 'request-token of-this-job',
  'a character beyond ASCII': 'request-token-of-this-job-\u{1F511}',
};

for (const [what, token] of Object.entries(BROKEN))
  scenario(`sends nothing with a request token that holds ${what}`, async ({ signIn, traffic }) => {
    const startedAt = performance.now();
    const step = await signIn({ env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }, inputs: { timeout: '20' } });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(
      /^id-token-request-unusable: the token to ask GitHub for ID tokens with holds a line end or another character that no token has, so nothing was sent\./,
    );
    expect(step.error()).toContain('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    expect(step.error()).not.toContain('request-token');
    expect(traffic()).toEqual([]);
    expect(performance.now() - startedAt, 'without waiting for anything').toBeLessThan(10_000);
  });
