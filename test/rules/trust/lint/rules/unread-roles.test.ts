import { expect, test } from 'vitest';
import type { RoleAssignment } from '../../../../../src/trust/lint/facts.ts';
import { MAIN, PULL } from '../examples.ts';
import { exact, github, lintOf, READER, severityOf, undecidedOf, WRITER, workflow } from '../facts.ts';

const UNREAD = 'roles in subscriptions that the reading identity does not see';
const IDENTITY = { kind: 'application', clientId: null, objectId: 'oid', enabled: false } as const;
const STRANGER = exact('x', { issuer: 'https://evil.example', name: 'stranger' });
const SELF_HOSTED = github({ runnerEnvironment: 'self-hosted', workflows: [workflow()] });

function partOf(roles: readonly RoleAssignment[], rolesUnread: string | null = UNREAD) {
  const facts = { roles, rolesUnread, identity: IDENTITY, github: SELF_HOSTED };
  return lintOf([MAIN, PULL, STRANGER], facts);
}

const DANGERS = ['pull-request-trusted', 'plan-and-apply-shared', 'self-hosted-runner'];

test.each(DANGERS)('%s is not ruled out by roles that only read, where others were not read', (code) => {
  const report = partOf(READER);
  expect([severityOf(report, code), undecidedOf(report, code)]).toEqual([null, [UNREAD]]);
  expect(undecidedOf(partOf(READER, null), code)).toEqual([]);
});

test('a broad role is looked for where one is known to be, not everywhere', () => {
  const lost = 'roles in 2 subscriptions that it sees';
  const facts = { roles: READER, rolesUnread: `${UNREAD}, and ${lost}` };
  expect(undecidedOf(lintOf([MAIN], facts), 'broad-role')).toEqual([]);
  expect(undecidedOf(lintOf([MAIN], { ...facts, rolesLost: lost }), 'broad-role')).toEqual([lost]);
});

test('a role that writes is enough, whatever others were not read', () => {
  expect(DANGERS.map((code) => severityOf(partOf(WRITER), code))).toEqual(['critical', 'high', 'medium']);
});

test('where no role was seen, and others were not read, the identity counts as one whose roles are not known', () => {
  const report = partOf([]);
  expect(severityOf(report, 'pull-request-trusted')).toBe('high');
  for (const code of ['unknown-issuer', 'disabled-principal', 'stale-identity', 'self-hosted-runner'])
    expect(undecidedOf(report, code), code).toContain(UNREAD);
});

test('where no role was seen, and all were read, it has none', () => {
  const report = partOf([], null);
  expect(severityOf(report, 'stale-identity')).toBe('low');
  for (const code of [...DANGERS, 'unknown-issuer', 'disabled-principal'])
    expect([severityOf(report, code), undecidedOf(report, code)], code).toEqual([null, []]);
});
