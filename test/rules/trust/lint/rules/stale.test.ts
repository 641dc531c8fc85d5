import { expect, test } from 'vitest';
import { exact, lintOf, READER, role, SUBSCRIPTION, undecidedOf } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');

test('stale in each of its ways', () => {
  const messages = (report: ReturnType<typeof lintOf>) =>
    report.findings.filter(({ code }) => code === 'stale-identity').map(({ message }) => message);
  expect(messages(lintOf([MAIN], { roles: [] }))).toEqual([expect.stringContaining('no Azure role')]);
  expect(messages(lintOf([], { roles: READER }))).toEqual([
    expect.stringContaining('no federated credential'),
  ]);
  const left = role('Reader', SUBSCRIPTION, { principalId: 'gone', principalExists: false, id: '/x' });
  const report = lintOf([MAIN], { roles: [...READER, left] });
  expect(report.findings.find(({ code }) => code === 'stale-identity')).toMatchObject({
    principal: 'gone',
    remedy: expect.stringContaining("--ids '/x'"),
  });
  expect(messages(lintOf([MAIN], { roles: READER, lastUsed: { c: null } }))).toEqual([
    expect.stringContaining('never used'),
  ]);
  expect(undecidedOf(lintOf([MAIN], { roles: READER, lastUsed: {} }), 'stale-identity')).toHaveLength(1);
});
