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

test('reads credentials alone, as az and Graph print them', () => {
  const { credentials } = read({ credentials: [CREDENTIAL] });
  for (const printed of [[CREDENTIAL], { value: [CREDENTIAL] }])
    expect(read(printed).credentials).toEqual(credentials);
  expect(read([]).credentials).toEqual([]);
  // What is named so by hand comes first.
  expect(read({ credentials: [], value: [CREDENTIAL] }).credentials).toEqual([]);
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
    {
      id: '/b',
      ...properties,
      roleName: '',
      roleDefinitionName: 'Steward',
      principalId: 5,
      principalExists: 1,
    },
    { role: 'Steward', principalId: '', permissions: 'x', actions: ['a', 5, null], dataActions: {} },
    { role: 'Steward', permissions: [null, 'x', { dataActions: ['b'] }] },
  ];
  const nothing = { id: null, principalId: null, principalType: null, condition: null, roleDefinitionId: '' };
  const principalExists = null;
  const actions = { actions: null, dataActions: null };
  expect(read({ credentials: [], roles }).roles).toEqual([
    { ...properties, ...actions, principalExists, id: '/a', roleName: null, scope: '/s' },
    {
      ...properties,
      ...actions,
      principalExists,
      id: '/b',
      principalId: null,
      roleName: 'Steward',
      scope: '',
    },
    { ...nothing, principalExists, roleName: 'Steward', scope: '', actions: ['a'], dataActions: null },
    { ...nothing, principalExists, roleName: 'Steward', scope: '', actions: null, dataActions: ['b'] },
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

test('a role of a principal that is gone, and a credential that never signed in, are stale', () => {
  const stale = (more: object) =>
    lint(read({ credentials: [CREDENTIAL], ...more })).findings.filter(
      ({ code }) => code === 'stale-identity',
    );
  const role = { id: '/a', role: 'Reader', scope: '/', principalId: 'p', principalExists: false };
  for (const each of [role, { id: '/a', properties: role }])
    expect(stale({ roles: [each] }).map(({ principal }) => principal)).toContain('p');
  expect(stale({ roles: [{ ...role, principalExists: true }] })).toEqual([]);
  const never = { severity: 'low', credential: 'main', evidence: 'no sign-in' };
  expect(stale({ lastUsed: { main: null } })).toMatchObject([never]);
  expect(stale({ lastUsed: { main: '2026-11-01T00:00:00Z' } })).toEqual([]);
  expect(stale({ lastUsed: null })).toEqual([]);
});

test('reads what a file tells of GitHub, and leaves the rest unknown', () => {
  const repository = { fullName: 'o/r', id: 2, ownerId: '1' };
  const github = {
    server: 'https://github.octo.example',
    owners: [
      { name: 'o', id: 1, exists: true },
      { name: 'gone', exists: false },
      { name: 'x', exists: 'no' },
    ],
    repositories: [{ ...repository, exists: false }, { fullName: 'o/s' }],
    environments: [
      { repository: 'o/r', name: 'prod', protected: false },
      { repository: 'o/r', name: 'dev' },
    ],
    runnerEnvironment: 'self-hosted',
    repository,
  };
  expect(read({ credentials: [], github }).github).toEqual({
    server: 'https://github.octo.example',
    owners: [
      { name: 'o', id: '1', exists: true },
      { name: 'gone', id: null, exists: false },
      { name: 'x', id: null, exists: null },
    ],
    repositories: [
      { fullName: 'o/r', id: '2', ownerId: '1', exists: false },
      { fullName: 'o/s', id: null, ownerId: null, exists: null },
    ],
    environments: [
      { repository: 'o/r', name: 'prod', protected: false },
      { repository: 'o/r', name: 'dev', protected: null },
    ],
    workflows: null,
    runnerEnvironment: 'self-hosted',
    repository: { fullName: 'o/r', id: '2', ownerId: '1' },
  });
  expect(read({ credentials: [], github: { owners: null, repository: null } }).github).toEqual({
    server: null,
    owners: [],
    repositories: [],
    environments: null,
    workflows: null,
    runnerEnvironment: null,
    repository: null,
  });
  expect(read({ credentials: [], github: { environments: [] } }).github?.environments).toEqual([]);
});

test('what a file tells of GitHub decides what would be open without it', () => {
  const prod = { ...CREDENTIAL, subject: 'repo:gone/r:environment:prod' };
  const ghes = { ...CREDENTIAL, name: 'ghes', issuer: 'https://idp.example/_services/token' };
  const file = { credentials: [prod, ghes], roles: [{ role: 'Reader', scope: '/' }] };
  const codes = (more: object) => lint(read({ ...file, ...more })).findings.map(({ code }) => code);
  const told = codes({
    github: {
      server: 'https://github.com',
      owners: [{ name: 'gone', exists: false }],
      environments: [{ repository: 'gone/r', name: 'prod', protected: false }],
    },
  });
  expect(told.slice(0, 3).sort()).toEqual(['environment-unprotected', 'name-only-subject', 'unknown-issuer']);
  expect(codes({})).not.toContain('unknown-issuer');
  expect(codes({})).not.toContain('environment-unprotected');
});

test.each([
  [null, /list 'credentials'/],
  ['[]', /list 'credentials'/],
  [{ value: {} }, /list 'credentials'/],
  [{}, /list 'credentials'/],
  [{ credentials: {} }, /list 'credentials'/],
  [{ credentials: [CREDENTIAL, 1] }, /credentials\[1\] is not/],
  [{ credentials: [{ ...CREDENTIAL, audiences: 'x' }] }, /credentials\[0\] is not/],
  [{ credentials: [{ ...CREDENTIAL, issuer: undefined }] }, /credentials\[0\] has no issuer/],
  [{ credentials: [{ ...CREDENTIAL, subject: null }] }, /neither a subject/],
  [{ credentials: [], roles: {} }, /'roles' is not a list/],
  [{ credentials: [], roles: [null] }, /roles\[0\] is not an object/],
  [{ credentials: [], roles: [{ scope: '/' }] }, /neither a roleName/],
  [{ credentials: [], github: [] }, /'github' is not an object/],
  [{ credentials: [], github: { owners: {} } }, /'owners' of 'github' is not a list/],
  [{ credentials: [], github: { owners: [{ id: '1' }] } }, /owners\[0\] of 'github' lacks a name/],
  [
    { credentials: [], github: { repositories: [{ fullName: 'o/r' }, null] } },
    /repositories\[1\] of 'github'/,
  ],
  [{ credentials: [], github: { environments: [{ name: 'prod' }] } }, /environments\[0\] of 'github' lacks/],
  [
    { credentials: [], github: { environments: [{ repository: 'o/r' }] } },
    /environments\[0\] of 'github' lacks/,
  ],
  [{ credentials: [], github: { repository: {} } }, /'repository' of 'github' has no fullName/],
  [{ credentials: [], lastUsed: [] }, /'lastUsed' is not an object/],
  [{ credentials: [], lastUsed: { main: 5 } }, /a value of 'lastUsed' is neither a time nor null/],
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
    fc.record({
      credentials: fc.array(credential, { maxLength: 4 }),
      github: fc.object(),
      lastUsed: fc.object(),
    }),
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
