import { expect, test } from 'vitest';
import { lint } from '../../../../src/trust/lint/lint.ts';
import { readLintFile } from '../../../../src/trust/lint/read.ts';
import { fc } from '../../../harness/property.ts';
import { AUDIENCE, exact, GITHUB, SUBSCRIPTION } from './facts.ts';

const CREDENTIAL = {
  name: 'main',
  issuer: GITHUB,
  subject: 'repo:o/r:ref:refs/heads/main',
  audiences: [AUDIENCE],
};

function read(json: unknown) {
  const result = readLintFile(json);
  return result.ok ? result.facts : expect.fail(result.problem);
}

test('reads credentials of Graph, ARM and by hand', () => {
  const { name, ...properties } = CREDENTIAL;
  const facts = read({ credentials: [CREDENTIAL, { id: '/x', name, properties }] });
  expect(facts.credentials).toEqual([
    exact(CREDENTIAL.subject, { name }),
    exact(CREDENTIAL.subject, { name }),
  ]);
  expect(facts).toMatchObject({ roles: null, github: null, lastUsed: null, cloudAudience: null });
});

test.each([
  [{ roleName: 'Owner', scope: SUBSCRIPTION }],
  [{ roleDefinitionName: 'Owner', scope: SUBSCRIPTION, principalId: 'p', principalName: '' }],
  [{ role: 'Owner', scope: SUBSCRIPTION }],
  [
    {
      id: '/a',
      properties: { roleDefinitionId: '/d/8e3af657-a8ff-443c-a75c-2fe8c4bcb635', scope: SUBSCRIPTION },
    },
  ],
])('reads the role %j', (role) => {
  const { findings } = lint(read({ credentials: [CREDENTIAL], roles: [role] }));
  expect(findings.find(({ code }) => code === 'broad-role')).toMatchObject({ severity: 'high' });
});

test('reads all of a role, and leaves what it does not hold unknown', () => {
  const properties = { principalId: 'p', principalType: 'Group', roleDefinitionId: '/d', condition: '@x' };
  const roles = [
    { id: '/a', properties: { ...properties, scope: '/s' } },
    { id: '/b', ...properties, roleName: '', roleDefinitionName: 'Steward', principalId: 5 },
    { role: 'Steward', principalId: '', permissions: 'x', actions: ['a', 5, null], dataActions: {} },
    { role: 'Steward', permissions: [null, 'x', { dataActions: ['b'] }] },
  ];
  const nothing = { id: null, principalId: null, principalType: null, condition: null, roleDefinitionId: '' };
  const actions = { actions: null, dataActions: null };
  expect(read({ credentials: [], roles }).roles).toEqual([
    { ...properties, ...actions, id: '/a', roleName: null, scope: '/s' },
    { ...properties, ...actions, id: '/b', principalId: null, roleName: 'Steward', scope: '' },
    { ...nothing, roleName: 'Steward', scope: '', actions: ['a'], dataActions: null },
    { ...nothing, roleName: 'Steward', scope: '', actions: null, dataActions: ['b'] },
  ]);
});

test('a file says nothing of the identity', () => {
  const identity = { kind: null, clientId: null, objectId: null, enabled: null };
  expect(read({ credentials: [] }).identity).toEqual(identity);
  const both = { ...CREDENTIAL, claimsMatchingExpression: "claims['sub'] eq 'x'" };
  const { subject: _, ...flexible } = both;
  expect(read({ credentials: [CREDENTIAL, both, flexible] }).credentials).toHaveLength(3);
});

test('reads the actions of a role, beside it or in its permissions', () => {
  const permissions = [{ actions: ['*/read'], dataActions: [] }, { actions: ['a/write'] }];
  const roles = [
    { role: 'A', scope: '/', actions: ['*'] },
    { role: 'B', scope: '/', permissions },
  ];
  expect(read({ credentials: [], roles }).roles).toMatchObject([
    { actions: ['*'], dataActions: null },
    { actions: ['*/read', 'a/write'], dataActions: [] },
  ]);
});

test.each([
  [null, /list 'credentials'/],
  [[], /list 'credentials'/],
  [{}, /list 'credentials'/],
  [{ credentials: {} }, /list 'credentials'/],
  [{ credentials: [CREDENTIAL, 1] }, /credentials\[1\] is not/],
  [{ credentials: [{ ...CREDENTIAL, audiences: 'x' }] }, /credentials\[0\] is not/],
  [{ credentials: [{ ...CREDENTIAL, issuer: undefined }] }, /credentials\[0\] has no issuer/],
  [{ credentials: [{ ...CREDENTIAL, subject: null }] }, /neither a subject/],
  [{ credentials: [], roles: {} }, /'roles' is not a list/],
  [{ credentials: [], roles: [null] }, /roles\[0\] is not an object/],
  [{ credentials: [], roles: [{ scope: '/' }] }, /neither a roleName/],
])('refuses %j', (json, problem) => {
  const result = readLintFile(json);
  expect(result.ok ? null : result.problem).toMatch(problem);
});

test('whatever a file holds, reading and judging it never throws', () => {
  const hostile = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'repo:/@*?1a-_%\n'), maxLength: 40 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', `${GITHUB}/`, GITHUB, '', '/', SUBSCRIPTION),
    fc.string(),
  );
  const text = fc.oneof(hostile, fc.constant(undefined));
  const expression = fc.oneof(
    fc.constant(null),
    hostile,
    hostile.map((value) => `claims['sub'] matches '${value.replaceAll("'", '')}'`),
  );
  const credential = fc.record({
    name: hostile,
    issuer: fc.oneof(fc.constant(GITHUB), hostile),
    subject: fc.oneof(fc.constant(null), hostile),
    audiences: fc.array(hostile, { maxLength: 2 }),
    claimsMatchingExpression: expression,
  });
  const role = fc.record({
    roleName: text,
    role: text,
    scope: text,
    principalId: text,
    condition: text,
    roleDefinitionId: text,
    actions: fc.oneof(fc.array(hostile), fc.anything()),
  });
  const file = fc.oneof(
    fc.anything(),
    fc.record({
      credentials: fc.array(fc.oneof({ weight: 5, arbitrary: credential }, fc.anything()), { maxLength: 4 }),
      roles: fc.oneof(fc.array(role, { maxLength: 3 }), fc.constant(undefined)),
    }),
    fc.record({ credentials: fc.array(credential, { maxLength: 25 }) }),
  );
  fc.assert(
    fc.property(file, (json) => {
      const result = readLintFile(json);
      if (!result.ok) return;
      for (const { message, remedy } of lint(result.facts).findings) expect(message && remedy).not.toBe('');
    }),
    { numRuns: 3000 },
  );
});
