import { type Finding, SEVERITIES, type Severity } from '../trust/finding.ts';

/** The findings, the worst first. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** The findings that are as severe as `fail-on`, or more. */
export function failing(findings: readonly Finding[], failOn: Severity | 'never'): Finding[] {
  if (failOn === 'never') return [];
  return findings.filter(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn));
}
