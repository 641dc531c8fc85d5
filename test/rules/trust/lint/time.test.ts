import { expect, test } from 'vitest';
import { lint } from '../../../../src/trust/lint/lint.ts';
import { processorMs } from '../../../harness/processor.ts';
import { BY_REPOSITORY, exact, facts, glob } from './facts.ts';

const many = (count: number) =>
  facts(
    Array.from({ length: count }, (_, index) =>
      index % 10 === 0
        ? { ...glob(`repo:org${index}/app*:ref:refs/heads/*`, BY_REPOSITORY), name: `c${index}` }
        : exact(`repo:org/app${index}:ref:refs/heads/main`, { name: `c${index}` }),
    ),
  );

test('time is linear in the number of credentials', () => {
  const [few, lots] = [many(2_000), many(16_000)];
  lint(few);
  const [small, large] = [processorMs(() => lint(few)), processorMs(() => lint(lots))];
  // Eight times as many: a quadratic comparison would take 64 times as long.
  expect(large).toBeLessThan(small * 24 + 500);
});

test.each([
  ['many stars', '*a'.repeat(20_000)],
  ['only stars', '*'.repeat(40_000)],
  ['question marks', `repo:${'?'.repeat(40_000)}`],
  ['a long prefix', `repo:${'a'.repeat(40_000)}*`],
  ['a long repository', `repo:o/${'a'.repeat(40_000)}*`],
  ['keys upon keys', `${'repo:a:'.repeat(6_000)}*`],
])('a hostile pattern (%s) takes no long time', (_, pattern) => {
  const work = () => lint(facts([glob(pattern), exact(pattern), glob(`repo:o/r:${pattern}`, BY_REPOSITORY)]));
  expect(processorMs(work)).toBeLessThan(3_000);
});

test('many roles are no trouble', () => {
  const roles = Array.from({ length: 20_000 }, (_, index) => ({
    principalId: `p${index}`,
    roleDefinitionId: '',
    roleName: 'Owner',
    scope: `/subscriptions/${index}${'/'.repeat(index % 50)}`,
  }));
  expect(processorMs(() => lint(facts([], { roles })))).toBeLessThan(3_000);
});
