import { entities, plain } from '../../report/escape.ts';
import type { Finding, Severity } from '../../trust/finding.ts';
import type { Report } from '../model.ts';

/** The rule that a trust which does not hold breaks. */
export const MISMATCH_RULE = 'trust-mismatch';

/** The level that SARIF has for a severity. */
export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub's bands: above 9.0 critical, from 7.0 high, from 4.0 medium, else low. */
export const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
};

/** A SARIF reporting descriptor. */
export interface Rule {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** A rule for each code in use; of a code in several severities the worst one, so findings come sorted by severity. */
export function rulesOf(findings: readonly Finding[], broken: Report | null): readonly Rule[] {
  const rules = new Map<string, Rule>();
  if (broken !== null) rules.set(MISMATCH_RULE, mismatchRule(broken));
  for (const finding of findings) {
    if (!rules.has(finding.code)) rules.set(finding.code, findingRule(finding));
  }
  return [...rules.values()];
}

function findingRule({ code, severity, remedy, source }: Finding): Rule {
  return {
    id: code,
    name: code,
    shortDescription: { text: titleOf(code) },
    help: help([remedy, `Source: ${source}`]),
    ...(isHttps(source) ? { helpUri: source } : {}),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SECURITY_SEVERITIES[severity], tags: ['security', 'oidc', 'entra'] },
  };
}

// A functional fault: no security severity.
function mismatchRule({ explanation, verdict }: Report): Rule {
  return {
    id: MISMATCH_RULE,
    name: MISMATCH_RULE,
    shortDescription: { text: 'The trust between the workflow and Entra does not hold' },
    help: help([explanation ?? verdict]),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['oidc', 'entra'] },
  };
}

function help(paragraphs: readonly string[]): object {
  return { text: message(paragraphs).text, markdown: paragraphs.map(entities).join('\n\n') };
}

function titleOf(code: string): string {
  const words = plain(code).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isHttps(source: string): boolean {
  return /^https:\/\/[\w.~:/?#@!$&'()*+,;=%-]+$/.test(source) && URL.canParse(source);
}

/** Sentences as a SARIF message, a line each. In a plain text `[text](target)` is a link: nothing from outside may be one. */
export function message(sentences: readonly string[]): { readonly text: string } {
  const text = sentences.filter((sentence) => sentence !== '').map(plain);
  return { text: text.join('\n').replace(/\](?=\()/g, '] ') };
}
