import { expect, test } from 'vitest';
import type { Credential } from '../../../../../src/trust/credential.ts';
import {
  BY_REPOSITORY,
  exact,
  GITHUB,
  github,
  glob,
  job,
  lintOf,
  READER,
  role,
  severityOf,
  undecidedOf,
  WRITER,
  workflow,
} from '../facts.ts';

const PULL = exact('repo:org@1/app@2:pull_request', { name: 'plan' });
const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main', { name: 'main' });
const TAG = exact('repo:org@1/app@2:ref:refs/tags/v1', { name: 'tag' });
const PROD = exact('repo:org@1/app@2:environment:prod', { name: 'prod' });
const ANY = glob('repo:org@1/app@2:environment:*', BY_REPOSITORY, 'any');

/** The credentials through which plan and apply meet; null where they do not. */
function shared(credentials: readonly Credential[], ...jobs: [events: string, environment: string | null][]) {
  const workflows = jobs.map(([events, environment]) =>
    workflow({ events: events.split(' '), jobs: [job({ environment })] }),
  );
  const { findings } = lintOf(credentials, { roles: WRITER, github: github({ workflows }) });
  return findings.find(({ code }) => code === 'plan-and-apply-shared')?.message.replace(/^.*, /, '') ?? null;
}

test.each<[met: string | null, Credential[], ...[string, string | null][]]>([
  ["the latter through 'main'.", [PULL, MAIN]],
  ["the latter through 'tag'.", [PULL, TAG]],
  ["the latter through 'tag'.", [TAG, PULL]],
  [null, [MAIN, TAG]],
  [null, [PULL]],
  // Of several environments one may be for reviewed code.
  ["the latter through 'any'.", [PULL, ANY], ['pull_request', 'any']],
  ["both through 'prod'.", [PROD], ['pull_request push', 'Prod']],
  ["both through 'prod'.", [PROD], ['pull_request', 'prod'], ['release', 'PROD']],
  [null, [PROD], ['pull_request', 'other'], ['push', 'prod']],
  [null, [PROD], ['pull_request', null], ['push', 'prod']],
  // Reviews of a pull request are for it, not for reviewed code.
  [null, [PROD], ['pull_request pull_request_review', 'prod']],
  ["both through 'prod'.", [PROD], ['pull_request_review push', 'prod']],
  ["both through 'prod'.", [PROD], ['pull_request_review_comment', 'prod'], ['push', 'prod']],
  ["both through 'prod'.", [PROD], ['pull_request pull_request_target', 'prod']],
])('where plan and apply meet: %s (%#)', (met, credentials, ...jobs) => {
  expect(shared(credentials, ...jobs)).toBe(met);
});

test('a credential that no run of GitHub can use neither plans nor applies', () => {
  const never = (subject: string) => exact(subject, { name: 'never', issuer: `${GITHUB}/` });
  expect(shared([PULL, never('repo:org@1/app@2:ref:refs/heads/main')])).toBe(null);
  expect(shared([never('repo:org@1/app@2:pull_request'), MAIN])).toBe(null);
});

test('an environment is taken for one of reviewed code until the workflows tell otherwise', () => {
  const found = (credentials: readonly Credential[]) =>
    lintOf(credentials, { roles: WRITER }).findings.some(({ code }) => code === 'plan-and-apply-shared');
  expect([found([PULL, PROD]), found([PULL, ANY]), found([PROD]), found([PULL])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(shared([PULL, PROD], ['pull_request', 'prod'])).toBe(null);
  expect(shared([PULL, PROD], ['pull_request', 'other'])).toBe("the latter through 'prod'.");
  const workflows = [workflow({ events: ['push'], jobs: [job({ environment: 'prod' })] })];
  const report = lintOf([PROD], { roles: WRITER, github: github({ workflows }) });
  expect(undecidedOf(report, 'plan-and-apply-shared')).toEqual([]);
});

test('a job that is known not to sign in does not make an environment one for pull requests', () => {
  const signsIn = (usesLogin: boolean | null) => {
    const workflows = [
      workflow({ events: ['pull_request', 'push'], jobs: [job({ environment: 'prod', usesLogin })] }),
    ];
    const { findings } = lintOf([PROD], { roles: WRITER, github: github({ workflows }) });
    return findings.some(({ code }) => code === 'plan-and-apply-shared');
  };
  expect([signsIn(true), signsIn(null), signsIn(false)]).toEqual([true, true, false]);
});

test.each([
  [[PROD], null, 1],
  [[ANY], null, 1],
  [[MAIN, TAG], null, 0],
  [[PROD, MAIN], null, 1],
  [[], null, 0],
  [[exact('x', { issuer: 'https://gitlab.com' })], null, 0],
  [[PROD], READER, 0],
  [[PROD], [], 0],
  [[PROD], [role('Custom')], 1],
])('without the workflows an environment leaves it open: %#', (credentials, roles, open) => {
  expect(undecidedOf(lintOf(credentials, { roles }), 'plan-and-apply-shared')).toHaveLength(open);
});

test('plan and apply meet in an environment that both kinds of runs name', () => {
  const both = workflow({ events: ['pull_request', 'push'], jobs: [job({ environment: 'PROD' })] });
  const pushOnly = workflow({ events: ['push'], jobs: [job({ environment: 'prod' })] });
  const planOnly = workflow({ events: ['pull_request'], jobs: [job({ environment: 'prod' })] });
  const shared = (credentials: ReturnType<typeof exact>[], ...workflows: ReturnType<typeof workflow>[]) =>
    severityOf(
      lintOf(credentials, { roles: WRITER, github: github({ workflows }) }),
      'plan-and-apply-shared',
    );
  expect(shared([PROD], both)).toBe('high');
  expect(shared([PROD], pushOnly)).toBe(null);
  expect(shared([PROD], planOnly)).toBe(null);
  expect(shared([PROD, MAIN], planOnly)).toBe('high');
  expect(shared([PULL, PROD], planOnly)).toBe(null);
  expect(shared([PULL, PROD])).toBe('high');
  expect(shared([PULL])).toBe(null);
});
