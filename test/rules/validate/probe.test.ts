import { expect, test } from 'vitest';
import { CLOUDS } from '../../../src/trust/clouds.ts';
import type { ExchangeOutcome } from '../../../src/validate/model.ts';
import { probeAudiences, runProbes } from '../../../src/validate/probe.ts';

test("probes GitHub's default audience and those of the other clouds, never the one that is trusted", () => {
  const { audience } = CLOUDS.AzureCloud;
  expect(probeAudiences(CLOUDS.AzureCloud, audience, 'https://github.com/o')).toEqual([
    'https://github.com/o',
    'api://AzureADTokenExchangeUSGov',
    'api://AzureADTokenExchangeChina',
  ]);
  expect(probeAudiences(CLOUDS.AzureCloud, 'https://github.com/o', 'https://github.com/o')).not.toContain(
    'https://github.com/o',
  );
});

const refused = (...codes: number[]): ExchangeOutcome => ({
  outcome: 'refused',
  codes,
  text: '',
  correlationId: '',
});

test.each<[ExchangeOutcome, string]>([
  [{ outcome: 'accepted' }, 'accepted'],
  [refused(700212), 'passed'],
  [refused(70021), 'passed'],
  [refused(700213), 'unknown'],
  [refused(), 'unknown'],
  [{ outcome: 'not-tried', reason: 'no answer' }, 'unknown'],
])('judges %j as %s', async (outcome, result) => {
  expect(await runProbes(['a'], { probe: async () => outcome })).toMatchObject([{ audience: 'a', result }]);
});
