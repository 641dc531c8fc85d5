import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LintFacts } from '../../../../src/trust/lint/facts.ts';
import { lint } from '../../../../src/trust/lint/lint.ts';
import { type Json, lesser } from '../lesser.ts';
import { EXAMPLES } from './examples.ts';
import { IDENTITIES } from './identities.ts';

/*
 * What a person is told of each example, word for word, and what each fact of it is worth: which findings there are
 * without it, where they are others. test/fixtures/judged is there to be read; `npx vitest run
 * test/rules/trust/lint/told.test.ts -u` writes it anew, and what a change does to the findings shows in its difference.
 */

const JUDGED = join(import.meta.dirname, '../../../fixtures/judged');

// What may be unknown, besides the elements of a list.
const MAY_LACK = [
  /^(roles|github|lastUsed)$/,
  /^identity\.\w+$/,
  /^github\.(server|environments|workflows|runnerEnvironment|repository)$/,
  /^github\.repository\.(id|ownerId)$/,
  /^github\.(owners|repositories)\.\d+\.(id|ownerId|exists)$/,
  /^github\.environments\.\d+\.protected$/,
  /^github\.workflows\.\d+\.(idToken|jobs\.\d+\.(idToken|environment|usesLogin|runsOn))$/,
  /^roles\.\d+\.(id|roleName|principalId|principalExists|condition|actions)$/,
  /^lastUsed\.\w+$/,
  /\.\d+$/,
];

function isMeaningful(how: string): boolean {
  const [verb, path = ''] = how.split(' ');
  return verb === 'with' || MAY_LACK.some((pattern) => pattern.test(path));
}

/** Findings and what is undecided, a line each; of one rule, where it is given. */
function judged(facts: LintFacts, rule?: string): readonly string[] {
  const { findings, undecided } = lint(facts);
  const of = ({ code }: { readonly code: string }) => rule === undefined || code === rule;
  return [
    ...findings
      .filter(of)
      .map(({ severity, code, credential, principal }) =>
        [severity, code, credential, principal].filter((word) => word !== undefined).join(' '),
      ),
    ...undecided.filter(of).map(({ code, missing }) => `undecided ${code}: ${missing}`),
  ];
}

function difference(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((line) => !after.includes(line)).map((line) => `no ${line}`);
  return [...gone, ...after.filter((line) => !before.includes(line))].join('; ');
}

function page(title: string, facts: LintFacts, rule?: string): string {
  const whole = judged(facts, rule);
  const sentences = lint(facts)
    .findings.filter(({ code }) => rule === undefined || code === rule)
    .map(({ message, evidence, remedy }) => `  ${message}\n  ${evidence}\n  ${remedy}`);
  const found = whole.map((line, at) => (at < sentences.length ? `${line}\n${sentences[at]}` : line));
  const worth = lesser(JSON.parse(JSON.stringify(facts)) as Json)
    .filter(([how]) => isMeaningful(how))
    .map(([how, less]) => [how, difference(whole, judged(less as unknown as LintFacts, rule))])
    .filter(([, other]) => other !== '')
    .map(([how, other]) => `${how}: ${other}`);
  return [`# ${title}`, ...found, worth.join('\n')].filter((part) => part !== '').join('\n\n');
}

test.each(Object.entries(EXAMPLES))(
  '%s is told word for word',
  async (code, { raises: [, raising], not }) => {
    const pages = [page('raised', raising, code), page('not raised', not, code)].join('\n\n\n');
    await expect(`${pages}\n`).toMatchFileSnapshot(join(JUDGED, `${code}.txt`));
  },
);

test.each(Object.entries(IDENTITIES))('%s: judged word for word', async (what, facts) => {
  await expect(`${page(what, facts)}\n`).toMatchFileSnapshot(
    join(JUDGED, `${what.replaceAll(' ', '-')}.txt`),
  );
});
