import { plain } from '../report/escape.ts';
import { isRecord } from '../trust/claims.ts';
import { type Finding, SEVERITIES, type Severity } from '../trust/finding.ts';
import { type LintReport, lint } from '../trust/lint/lint.ts';
import { readLintFile } from '../trust/lint/read.ts';
import { type Outcome, unusable, withWarnings } from './outcome.ts';
import { unknownCredentialKeys, unknownKeys } from './unknown-keys.ts';

/** `lint --file`: how dangerous credentials are. Status 1 where a finding is as severe as `failOn`, or more. */
export function lintCommand(json: unknown, failOn: Severity | 'never'): Outcome {
  return withWarnings(judged(json, failOn), warningsOf(json));
}

function judged(json: unknown, failOn: Severity | 'never'): Outcome {
  const read = readLintFile(json);
  if (!read.ok) return unusable(read.problem);
  const report = lint(read.facts);
  const limit = failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn);
  const fails = report.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
  return {
    status: fails ? 1 : 0,
    json: { findings: report.findings, undecided: report.undecided },
    text: textOf(report),
  };
}

function warningsOf(json: unknown): string[] {
  if (Array.isArray(json)) return unknownCredentialKeys(json, 'the list');
  if (!isRecord(json)) return [];
  const name =
    (json['credentials'] ?? null) === null && Object.hasOwn(json, 'value') ? 'value' : 'credentials';
  const more = ['nextLink', '@odata.nextLink'].some((link) => typeof json[link] === 'string');
  return [
    ...(more ? ['the file holds only a page of the credentials: the list goes on behind its nextLink'] : []),
    ...unknownKeys(json, [name, 'roles', 'github', 'lastUsed'], name === 'value' ? ['nextLink'] : []),
    ...unknownCredentialKeys(json[name], name),
  ];
}

function openQuestions({ undecided }: LintReport): string[] {
  return undecided.map(({ code, missing }) => `not decided: ${code} (needs ${plain(missing)})`);
}

function textOf(report: LintReport): string {
  const { findings } = report;
  const open = openQuestions(report);
  const found = findings.length === 0 ? ['No findings.'] : findings.flatMap(findingLines);
  return [...found, ...(open.length > 0 ? ['', ...open] : [])].join('\n');
}

function findingLines({ severity, code, credential, message, remedy }: Finding): string[] {
  const where = credential === undefined ? '' : ` [${plain(credential)}]`;
  return [`${severity.toUpperCase()} ${code}${where}`, `  ${plain(message)}`, `  ${plain(remedy)}`, ''];
}
