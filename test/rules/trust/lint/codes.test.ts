import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint } from '../../../../src/trust/lint/lint.ts';
import { RULES } from '../../../../src/trust/lint/rules.ts';
import { EXAMPLES, MAIN, PULL } from './examples.ts';
import { facts, glob, role, SUBSCRIPTION, severityOf, undecidedOf } from './facts.ts';

test('every code has a row, and every row a code', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(RULES.map(({ code }) => code).sort());
});

test.each(Object.entries(EXAMPLES))(
  '%s is raised, and is not',
  (code, { raises: [severity, raising], not }) => {
    expect(severityOf(lint(raising), code)).toBe(severity);
    expect(severityOf(lint(not), code)).toBe(null);
    expect(undecidedOf(lint(not), code)).toEqual([]);
  },
);

test.each(Object.entries(EXAMPLES))('%s says what a reader needs', (code, { raises: [, raising] }) => {
  const rule = RULES.find((each) => each.code === code) ?? expect.fail();
  for (const finding of lint(raising).findings.filter((each) => each.code === code)) {
    expect(rule.severities).toContain(finding.severity);
    expect(finding.message).toMatch(/^\S[^\n]*\.$/);
    expect(finding.remedy).toMatch(/^[A-Z]/);
    expect(finding.evidence).not.toBe('');
    expect(finding.source).toBe(rule.source);
  }
});

test('docs/findings.md has a section for every code, with every severity', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/findings.md'), 'utf8');
  for (const { code, title, severities } of RULES)
    expect(text).toContain(`## ${code}\n\n**${title}.** Severity: ${severities.join(', ')}.`);
});

test('the threats of the table are all there', () => {
  const codes = RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toHaveLength(28);
});

test('findings come worst first', () => {
  const { findings } = lint(
    facts([glob('repo:org*'), PULL, MAIN], { roles: [role('Contributor', SUBSCRIPTION)] }),
  );
  const order = ['critical', 'high', 'medium', 'low', 'info'];
  const grades = findings.map(({ severity }) => order.indexOf(severity));
  expect(grades).toEqual([...grades].sort((a, b) => a - b));
});
