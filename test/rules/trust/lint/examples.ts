import type { LintFacts } from '../../../../src/trust/lint/facts.ts';
import {
  BY_OWNER,
  BY_REPOSITORY,
  exact,
  facts,
  flexible,
  GITHUB,
  github,
  glob,
  job,
  READER,
  role,
  WRITER,
  workflow,
} from './facts.ts';

export const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
export const PULL = exact('repo:org@1/app@2:pull_request', { name: 'p' });
const PROD = exact('repo:org@1/app@2:environment:prod');
const APPLICATION = { kind: 'application', clientId: null, objectId: 'oid', enabled: true } as const;
const guarded = (isProtected: boolean) =>
  github({ environments: [{ repository: 'Org/App', name: 'PROD', protected: isProtected }] });

/** For every code: facts that raise it with this severity, and facts that do not (and leave nothing undecided). */
export const EXAMPLES: Readonly<Record<string, { raises: [string, LintFacts]; not: LintFacts }>> = {
  'owner-wildcard': {
    raises: ['critical', facts([glob('repo:org*')])],
    not: facts([glob('repo:org/*')]),
  },
  'org-wide': {
    raises: ['high', facts([glob('repo:org/*')])],
    not: facts([glob('repo:org/app:*')]),
  },
  'repository-wildcard': {
    raises: ['high', facts([glob('repo:org/app*')])],
    not: facts([glob('repo:org/app:*')]),
  },
  'no-repository-scope': {
    raises: ['critical', facts([exact('environment:prod')])],
    not: facts([exact('repo:org/app:environment:prod')]),
  },
  'pull-request-trusted': {
    raises: ['critical', facts([PULL], { roles: WRITER })],
    not: facts([PULL], { roles: READER }),
  },
  'ref-wildcard': {
    raises: ['high', facts([glob('repo:org@1/app@2:ref:refs/heads/*', BY_REPOSITORY)])],
    not: facts([glob('repo:org@1/app@*:ref:refs/heads/main', BY_REPOSITORY)]),
  },
  'tag-wildcard': {
    raises: ['high', facts([glob('repo:org@1/app@2:ref:refs/tags/*', BY_REPOSITORY)])],
    not: facts([exact('repo:org@1/app@2:ref:refs/tags/v1')]),
  },
  'environment-unprotected': {
    raises: ['high', facts([PROD], { github: guarded(false) })],
    not: facts([PROD], { github: guarded(true) }),
  },
  'expression-not-pinned': {
    raises: ['high', facts([glob('repo:org/app:ref:refs/heads/main')])],
    not: facts([glob('repo:org/app:ref:refs/heads/main', BY_OWNER)]),
  },
  'expression-unsupported': {
    raises: ['medium', facts([glob('repo:*')], { identity: { ...APPLICATION, kind: 'managed-identity' } })],
    not: facts([glob('repo:*', BY_OWNER)], { identity: APPLICATION }),
  },
  'workflow-ref-unpinned': {
    raises: [
      'high',
      facts([flexible("claims['job_workflow_ref'] eq 'org/ci/.github/workflows/d.yml@refs/heads/main'")]),
    ],
    not: facts([
      flexible(
        `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'ORG/ci/.github/workflows/d.yml@refs/heads/main'`,
      ),
    ]),
  },
  'unknown-issuer': {
    raises: ['critical', facts([exact('x', { issuer: `${GITHUB}.evil.example` })], { roles: READER })],
    not: facts([exact('x', { issuer: 'https://gitlab.com' })]),
  },
  'name-only-subject': {
    raises: ['medium', facts([exact('repo:org/app:ref:refs/heads/main')])],
    not: facts([MAIN]),
  },
  'foreign-owner-id': {
    raises: ['medium', facts([exact('repo:org@666/app@2:ref:refs/heads/main')], { github: github() })],
    not: facts([MAIN], { github: github() }),
  },
  'issuer-never-matches': {
    raises: ['medium', facts([{ ...MAIN, issuer: `${GITHUB}/` }])],
    not: facts([MAIN]),
  },
  'literal-wildcard': {
    raises: ['medium', facts([exact('repo:org/app:ref:refs/heads/*')])],
    not: facts([glob('repo:org/app:ref:refs/heads/*')]),
  },
  'unusual-audience': {
    raises: ['low', facts([{ ...MAIN, audiences: ['https://github.com/org'] }])],
    not: facts([MAIN]),
  },
  'merge-queue-never-matches': {
    raises: ['medium', facts([exact('repo:org/app:ref:refs/heads/gh-readonly-queue/main/pr-7-ab12')])],
    not: facts([glob('repo:org/app:ref:refs/heads/gh-readonly-queue/main/*')]),
  },
  'credential-headroom': {
    raises: ['low', facts(Array.from({ length: 16 }, () => MAIN))],
    not: facts(Array.from({ length: 15 }, () => MAIN)),
  },
  'superseded-credential': {
    raises: ['medium', facts([exact('repo:org/app:ref:refs/heads/main', { name: 'old' }), MAIN])],
    not: facts([exact('repo:org/app:ref:refs/heads/dev', { name: 'old' }), MAIN]),
  },
  'duplicate-credential': {
    raises: ['low', facts([MAIN, { ...MAIN, name: 'again' }])],
    not: facts([MAIN, { ...MAIN, name: 'other', audiences: ['x'] }]),
  },
  'shadowed-credential': {
    raises: ['low', facts([MAIN, { ...glob('repo:org@1/app@2:ref:*', BY_REPOSITORY), name: 'wide' }])],
    not: facts([MAIN, { ...glob('repo:org@1/app@2:ref:refs/tags/*', BY_REPOSITORY), name: 'wide' }]),
  },
  'broad-role': {
    raises: ['high', facts([MAIN], { roles: [role('Owner')] })],
    not: facts([MAIN], { roles: READER }),
  },
  'disabled-principal': {
    raises: ['medium', facts([MAIN], { identity: { ...APPLICATION, enabled: false }, roles: READER })],
    not: facts([MAIN], { identity: APPLICATION, roles: READER }),
  },
  'stale-identity': {
    raises: ['low', facts([MAIN], { roles: [], lastUsed: { c: '2026-01-01T00:00:00Z' } })],
    not: facts([MAIN], { roles: READER, lastUsed: { c: '2026-01-01T00:00:00Z' } }),
  },
  'plan-and-apply-shared': {
    raises: ['high', facts([PULL, MAIN])],
    not: facts([PULL, MAIN], { roles: READER }),
  },
  'self-hosted-runner': {
    raises: [
      'medium',
      facts([MAIN], { roles: WRITER, github: github({ runnerEnvironment: 'self-hosted' }) }),
    ],
    not: facts([MAIN], { roles: WRITER, github: github({ runnerEnvironment: 'github-hosted' }) }),
  },
  'id-token-overgranted': {
    raises: [
      'high',
      facts([MAIN], {
        github: github({
          workflows: [workflow({ idToken: 'write', jobs: [job(), job({ id: 'test', usesLogin: false })] })],
        }),
      }),
    ],
    not: facts([MAIN], {
      github: github({
        workflows: [workflow({ jobs: [job({ idToken: 'write' }), job({ id: 'test', usesLogin: false })] })],
      }),
    }),
  },
};
