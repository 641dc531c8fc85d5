import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { code } from '../src/report/escape.ts';

// Merges the reports of validate-many.yml into one: a file of JSON, and a summary on standard output. It needs no package.

type Result = 'pass' | 'fail' | 'unknown';

/** What a report says, as far as it is read here (docs/report.schema.json). */
interface Report {
  readonly result: Result;
  readonly clientId: string;
  readonly tenantId: string;
  readonly verdict: string;
  readonly findings: readonly { readonly severity: string; readonly code: string }[];
}

interface Merged {
  readonly target: Readonly<Record<string, unknown>>;
  readonly result: Result;
  /** Null where there is none of this target that can be read: that is never a pass. */
  readonly report: Report | null;
  /** Why there is none. */
  readonly problem: string | null;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];
const SIGNS: Readonly<Record<Result, string>> = { pass: '✅', fail: '❌', unknown: '❔' };

const [directory = '', prefix = '', out = ''] = process.argv.slice(2);
const all = ['environments', 'repositories'].flatMap((kind) =>
  targetsOf(kind).map((target, index) => merged(target, join(directory, `${prefix}-${kind}-${index}.json`))),
);
const result = together(all);
writeFileSync(out, `${JSON.stringify({ version: 1, result, trusts: all }, null, 2)}\n`);
process.stdout.write(summary(result, all));

/** The list that the workflow made its matrix of, in the order of its jobs. */
function targetsOf(kind: string): Merged['target'][] {
  const list = JSON.parse(process.env[kind.toUpperCase()] || '[]') as unknown;
  if (!Array.isArray(list)) throw new Error(`${kind} is no JSON list`);
  return list as Merged['target'][];
}

function merged(target: Merged['target'], path: string): Merged {
  const without = (problem: string): Merged => ({ target, result: 'unknown', report: null, problem });
  const report = existsSync(path) ? read(path) : null;
  if (report === null) return without('its job left no report: see its log');
  if (!isOf(target, report)) return without('the report under its name is that of another client or tenant');
  return { target, result: report.result, report, problem: null };
}

/** Whether a report is about the client and the tenant that its job was started for. */
function isOf(target: Merged['target'], { clientId, tenantId }: Report): boolean {
  const isSame = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase();
  return isSame(target['client-id'], clientId) && isSame(target['tenant-id'], tenantId);
}

function read(path: string): Report | null {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as Partial<Report> | null;
    const isWhole = Object.hasOwn(SIGNS, report?.result ?? '') && Array.isArray(report?.findings);
    return isWhole ? (report as Report) : null;
  } catch {
    return null;
  }
}

/** What holds for all: nothing at all is no pass. */
function together(trusts: readonly Merged[]): Result {
  if (trusts.some((one) => one.result === 'fail')) return 'fail';
  return trusts.length > 0 && trusts.every((one) => one.result === 'pass') ? 'pass' : 'unknown';
}

function summary(result: Result, trusts: readonly Merged[]): string {
  const rows = trusts.map(
    (one) =>
      `| ${SIGNS[one.result]} ${one.result} | ${code(nameOf(one.target))} | ${findingsOf(one)} | ${verdictOf(one)} |`,
  );
  const passed = trusts.filter((one) => one.result === 'pass').length;
  return [
    `### ${SIGNS[result]} ${passed} of ${trusts.length} trusts pass`,
    '',
    '| result | trust | findings | verdict |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function nameOf({ repository, environment, 'client-id': client }: Merged['target']): string {
  return [repository, environment, client].filter((part) => part !== undefined && part !== '').join(' · ');
}

function findingsOf({ report }: Merged): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = report?.findings.filter((finding) => finding.severity === severity).length ?? 0;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return counts.join(', ');
}

function verdictOf({ report, problem }: Merged): string {
  return report ? code(String(report.verdict)) : String(problem);
}
