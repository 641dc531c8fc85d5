import { type Finding, SEVERITIES, type Undecided } from '../finding.ts';
import type { LintFacts } from './facts.ts';
import { FACTS, MISSING, type Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { readTrust, type Trust } from './trust.ts';

/** What the rules found, the worst first, and what they could not decide. */
export interface LintReport {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
}

/**
 * Judges a trust by every rule. A rule that lacks a fact says so in `undecided`; it neither guesses nor passes.
 * Synchronous, without effects, and linear in the number of credentials.
 */
export function lint(facts: LintFacts): LintReport {
  const trust = readTrust(facts);
  const reports = RULES.map((rule) => apply(rule, trust));
  return {
    findings: reports.flatMap(({ findings }) => findings).sort(bySeverity),
    undecided: reports.flatMap(({ undecided }) => undecided),
  };
}

function apply({ code, source, needs, check }: Rule, trust: Trust): LintReport {
  const { found, missing: open } = check(trust);
  const unread = trust.facts.credentials === null && needs.includes(FACTS.credentials);
  const missing = unread ? [MISSING.credentials, ...open] : open;
  return {
    findings: found.map((observation) => ({ code, ...observation, source })),
    undecided: [...new Set(missing)].map((each) => ({ code, missing: each })),
  };
}

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
