import { errorCode } from '../io/error-code.ts';
import type { Runner } from '../io/runner.ts';
import type { StepEffect } from '../io/step-effect.ts';
import { Failure } from '../report/failure.ts';
import type { Severity } from '../trust/finding.ts';
import type { Report } from './model.ts';
import { annotations } from './report/annotations.ts';
import { jsonReport } from './report/json.ts';
import { sarifReport } from './report/sarif.ts';
import { summaryMarkdown } from './report/summary.ts';
import { terminalText } from './report/terminal.ts';

/** Where a report goes beside the log and the job summary. */
export interface ReportFiles {
  readonly reportFile: string | null;
  readonly sarifFile: string | null;
}

/** Tells of a validation: log, annotations, job summary, outputs and files. Gives the exit status of the step. */
export function publish(
  unscrubbed: Report,
  files: ReportFiles,
  failOn: Severity | 'never',
  version: string,
  runner: Runner,
): number {
  const report = runner.scrub(unscrubbed);
  for (const line of terminalText(report, false).split('\n')) runner.info(line);
  for (const { level, title, text } of annotations(report)) runner.annotate(level, title, text);
  runner.summary(summaryMarkdown(report));
  const written = [
    ...(files.reportFile ? [fileOf(files.reportFile, jsonReport(report))] : []),
    ...(files.sarifFile ? [fileOf(files.sarifFile, sarifReport(report, version))] : []),
  ];
  write(runner, [
    ...written,
    { kind: 'output', name: 'result', value: report.result },
    { kind: 'output', name: 'findings', value: String(report.findings.length) },
    { kind: 'output', name: 'cause', value: report.cause ?? '' },
    { kind: 'output', name: 'report', value: files.reportFile ?? '' },
  ]);
  return exitStatus(report, failOn);
}

function write(runner: Runner, effects: readonly StepEffect[]): void {
  try {
    runner.apply(effects);
  } catch (error) {
    throw new Failure(
      {
        code: 'export-failed',
        sentence: `the report could not be written (${errorCode(error) ?? 'unknown'}).`,
        remedy: [
          'Check the paths in `report-file` and `sarif-file`; the report itself stands in the log and the job summary.',
        ],
      },
      { cause: error },
    );
  }
}

function fileOf(path: string, json: object) {
  return { kind: 'report', path, content: `${JSON.stringify(json, null, 2)}\n` } as const;
}

/** 1 for a failure and for what is not known, unless `fail-on` is never. */
function exitStatus({ result }: Report, failOn: Severity | 'never'): 0 | 1 {
  return result === 'pass' || failOn === 'never' ? 0 : 1;
}
