import { expect } from 'vitest';
import { firstUnmet } from '../../src/trust/expression/evaluate.ts';
import { parseExpression, printExpression } from '../../src/trust/expression/parse.ts';
import { expressionViolations, GITHUB_ISSUER } from '../../src/trust/expression/rules.ts';
import {
  encodeValue,
  parseSubject,
  type Subject,
  type SubjectContext,
} from '../../src/trust/subject/parse.ts';
import { predictSubject } from '../../src/trust/subject/predict.ts';
import { fc } from '../harness/property.ts';
import { campaign } from './campaign.ts';
import { expressionPiece, expressionTerms, expressionText, subjectText } from './grammar.ts';
import { hostile } from './texts.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);

campaign(
  'the subject that is predicted says, taken apart, what it was predicted from',
  fc.record({ owner: name, repository: name, environment: hostile, id: fc.nat() }),
  ({ owner, repository, environment, id }) => {
    fc.pre(environment !== '' && !environment.includes('%3A'));
    const { subject, immutableSubject } = predictSubject({
      repository: `${owner}/${repository}`,
      ownerId: `${id}`,
      repositoryId: `${id + 1}`,
      eventName: 'push',
      ref: null,
      environment,
      template: null,
      claims: {},
    });
    for (const [text, ids] of [
      [subject, [null, null]],
      [immutableSubject, [`${id}`, `${id + 1}`]],
    ] as const) {
      const parsed = parseSubject(text ?? '');
      expect(text).toContain(encodeValue(environment));
      expect(text?.split(':'), 'a name adds no part').toHaveLength(4);
      if (parsed.form === 'custom') throw new Error(`not of a known form: ${text}`);
      expect(parsed.context).toEqual({ kind: 'environment', environment });
      const { ownerId, repositoryId } = parsed.repository;
      expect([parsed.repository.owner, parsed.repository.name]).toEqual([owner, repository]);
      expect([ownerId, repositoryId]).toEqual(ids);
    }
  },
);

/** What a subject was taken apart into, put together again; `%3A` is decoded. */
function together(subject: Subject): string {
  if (subject.form === 'custom')
    return subject.parts.map(({ key, value }) => (key === '' ? value : `${key}:${value}`)).join(':');
  const { owner, ownerId, name: repository, repositoryId } = subject.repository;
  const id = (one: string | null) => (one === null ? '' : `@${one}`);
  const context = subject.context === null ? '' : `:${contextText(subject.context)}`;
  return `repo:${owner}${id(ownerId)}/${repository}${id(repositoryId)}${context}`;
}

function contextText(context: SubjectContext): string {
  switch (context.kind) {
    case 'environment':
      return `environment:${context.environment}`;
    case 'pull-request':
      return 'pull_request';
    case 'branch':
      return `ref:refs/heads/${context.branch}`;
    case 'tag':
      return `ref:refs/tags/${context.tag}`;
    case 'merge-queue':
      return `ref:refs/heads/gh-readonly-queue/${context.base}/pr-${context.pullRequest}-${context.sha}`;
    case 'ref':
      return `ref:${context.ref}`;
    case 'other':
      return context.text;
  }
}

campaign('any text is a subject of some form, and nothing of it is lost', subjectText, (text) => {
  const decoded = (subject: string) => subject.replaceAll('%3A', ':');
  for (const subject of [text, `repo:${text}`, `repo:o/r:${text}`, `repo:o@1/r@2:environment:${text}`])
    expect(decoded(together(parseSubject(subject)))).toBe(decoded(subject));
});

campaign('any text is an expression word for word, or none, at a place within it', expressionText, (text) => {
  const parsed = parseExpression(text);
  if (parsed.ok) return expect(printExpression(parsed.terms)).toBe(text);
  expect(parsed.error.at).toBeGreaterThanOrEqual(0);
  expect(parsed.error.at).toBeLessThanOrEqual(text.length);
});

campaign(
  'an expression that was written is read as it was meant, and no claim that is absent meets it',
  fc.tuple(expressionTerms, hostile),
  ([written, claim]) => {
    const text = printExpression(written);
    const parsed = parseExpression(text);
    if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
    expect(parsed.terms.map(({ at: _, ...term }) => term)).toEqual(written);
    for (const { at, claim } of parsed.terms) expect(text.slice(at)).toMatch(`claims['${claim}']`);
    expect(firstUnmet(parsed.terms, {})).toMatchObject({ term: parsed.terms[0], presented: null });
    const unmet = firstUnmet(parsed.terms, { sub: claim, repository_id: claim });
    if (unmet === null)
      expect(new Set(['sub', 'repository_id', ...written.map((term) => term.claim)]).size).toBe(2);
    const refused = expressionViolations(GITHUB_ISSUER, parsed.terms).map(({ kind }) => kind);
    const unknown = written.some((term) => !['sub', 'repository_id'].includes(term.claim));
    expect(refused.includes('claim')).toBe(unknown);
  },
);

campaign(
  'the time that an expression takes does not explode with its length',
  fc.tuple(
    expressionText,
    fc.integer({ min: 1, max: 2_000 }),
    fc.oneof(expressionPiece, fc.constantFrom('*', '*x', '?*')),
  ),
  ([text, times, unit]) => {
    const long = `${text}${unit.repeat(times)}`;
    // Of this process: the machine may have others to see to.
    const started = process.cpuUsage();
    const parsed = parseExpression(`claims['sub'] matches '${long.replaceAll("'", "''")}'`);
    if (!parsed.ok) throw new Error(parsed.error.message);
    parseExpression(long);
    firstUnmet(parsed.terms, { sub: `${long}x`.slice(0, 2_000) });
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  },
);
