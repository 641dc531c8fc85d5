import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { explainAbsence } from '../../../../src/sources/github-absent.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { read } from './reports.ts';

interface Run {
  readonly event: string;
  readonly actor?: string;
  /** Owner and name of the repository that the head of a pull request is in; null where it was deleted. */
  readonly head?: string | null;
}

const text = (value: string) => new data.StringData(value);
const dictionary = (entries: Readonly<Record<string, data.ExpressionData>>) =>
  new data.Dictionary(...Object.entries(entries).map(([key, value]) => ({ key, value })));

/** What GitHub's own evaluator makes of a condition. */
function runs(condition: string, { event, actor = 'octocat', head }: Run): boolean {
  const repo = head == null ? new data.Null() : dictionary({ full_name: text(head) });
  const pullRequest = dictionary({ head: dictionary({ repo }) });
  const github = dictionary({
    event_name: text(event),
    actor: text(actor),
    repository: text('acme/shop'),
    event: dictionary(head === undefined ? {} : { pull_request: pullRequest }),
  });
  const expression = new Parser(new Lexer(condition).lex().tokens, ['github'], []).parse();
  return new Evaluator(expression, dictionary({ github })).evaluate().coerceString() === 'true';
}

const ABOUT: readonly (readonly [string, Run, { readonly forks: boolean; readonly dependabot: boolean }])[] =
  [
    ['a push', { event: 'push' }, { forks: true, dependabot: true }],
    ['a schedule', { event: 'schedule' }, { forks: true, dependabot: true }],
    ['a dispatch', { event: 'workflow_dispatch' }, { forks: true, dependabot: true }],
    ['an own pull request', { event: 'pull_request', head: 'acme/shop' }, { forks: true, dependabot: true }],
    ['a fork', { event: 'pull_request', head: 'evil/shop' }, { forks: false, dependabot: true }],
    ['a fork that was deleted', { event: 'pull_request', head: null }, { forks: false, dependabot: true }],
    [
      'Dependabot',
      { event: 'pull_request', head: 'acme/shop', actor: 'dependabot[bot]' },
      { forks: true, dependabot: false },
    ],
    ["Dependabot's push", { event: 'push', actor: 'dependabot[bot]' }, { forks: true, dependabot: false }],
  ];

/** The condition that `explain` offers for the job. */
function offered(json: unknown): string {
  return parse(explain(read(json)).fix.workflow ?? '').jobs.deploy.if;
}

/** The conditions that the action's own failure offers. */
function ownConditions(env: Readonly<Record<string, string>>, event: unknown): readonly string[] {
  return explainAbsence(env, event).diagnosis.snippets.flatMap(({ text: yaml }) => parse(yaml).if ?? []);
}

const FORK = { pull_request: { head: { repo: { id: 2 } }, base: { repo: { id: 1 } } } };

test.each(ABOUT)('%s is skipped where it gets no token, and only there', (_, run, { forks, dependabot }) => {
  expect(runs(offered({ context: { fork: true } }), run)).toBe(forks && dependabot);
  expect(runs(offered({ error: 'this run is from a fork or by Dependabot' }), run)).toBe(forks && dependabot);
  expect(runs(offered({ context: { event_name: 'push', actor: 'dependabot[bot]' } }), run)).toBe(dependabot);
  expect(ownConditions({ GITHUB_EVENT_NAME: 'pull_request' }, FORK).map((each) => runs(each, run))).toEqual([
    forks,
  ]);
  expect(ownConditions({ GITHUB_ACTOR: 'dependabot[bot]' }, null).map((each) => runs(each, run))).toEqual([
    dependabot,
  ]);
});

test.each<[string, unknown, readonly string[], readonly string[]]>([
  ['a fork', { context: { fork: true } }, ['whatever the workflow grants'], ['Dependabot secrets']],
  [
    'a fork that the error names',
    { error: 'fork-pull-request: x' },
    ['by a pull request from a fork:'],
    ['Dependabot secrets'],
  ],
  [
    'Dependabot',
    { context: { actor: 'dependabot[bot]' } },
    ['only where the workflow grants `id-token: write`'],
    ['by a pull request'],
  ],
  ['one of the two', { error: 'from a fork or by Dependabot' }, ['from a fork', 'Dependabot secrets'], []],
])('of %s it is told what GitHub gives it', (_, json, said, unsaid) => {
  const { cause, explanation } = explain(read(json));
  expect(cause).toBe('fork-or-dependabot');
  for (const words of said) expect(explanation).toContain(words);
  for (const words of unsaid) expect(explanation).not.toContain(words);
});
