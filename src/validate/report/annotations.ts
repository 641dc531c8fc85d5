import { plain } from '../../report/escape.ts';
import type { Finding, Severity } from '../../trust/finding.ts';
import type { Report } from '../model.ts';
import { bySeverity } from '../severity.ts';
import { notKnown } from './blocks.ts';
import { clip } from './bounded.ts';
import { candidates, compared, differenceText } from './nearest.ts';

/** A message that GitHub shows beside a run. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  /** The first line is the whole story. */
  readonly text: string;
}

// The runner drops what is beyond 10 of a level in one step, and cuts a message at 4,096 characters.
const MOST_OF_A_LEVEL = 10;
const LONGEST_LINE = 400;
const TITLE = 'Entra Federate';

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** The report as annotations within the runner's limits; the verdict comes first unless the trust passed. */
export function annotations(report: Report): Annotation[] {
  const all = [...verdict(report), ...bySeverity(report.findings).map(ofFinding), ...undecided(report)];
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    limited(all.filter((annotation) => annotation.level === level)),
  );
}

// What is not known fails the step too, unless it may never fail: that must be seen.
function verdict(report: Report): Annotation[] {
  if (report.result === 'pass') return [];
  const code = report.cause ?? (report.result === 'unknown' ? 'not known' : 'fail');
  const { nearest } = candidates(report);
  const differences = compared(report, nearest)
    .filter(({ difference }) => difference !== null)
    .flatMap((row) => [
      `${row.field}: ${differenceText(row)}`,
      `  presented   ${row.presented ?? '(absent)'}`,
      `  configured  ${row.configured ?? '(absent)'}`,
    ]);
  const beside = differences.length === 0 ? [] : [`Nearest credential: ${nearest?.name}`, ...differences];
  return [{ level: 'error', title: TITLE, text: lines([`${code}: ${report.verdict}`, ...beside]) }];
}

function ofFinding({ code, severity, credential, message, remedy }: Finding): Annotation {
  const about = credential === undefined ? '' : ` (${credential})`;
  return {
    level: LEVELS[severity],
    title: clip(plain(`${TITLE}: ${code}`), 200),
    text: lines([`${severity}: ${message}${about}`, remedy]),
  };
}

function undecided({ undecided: rules }: Report): Annotation[] {
  if (rules.length === 0) return [];
  const shown = rules.slice(0, 5).map(({ code, missing }) => `${code}: ${notKnown(missing)}`);
  const left = rules.length - shown.length;
  const more = left === 0 ? [] : [`… and ${left} more`];
  const first = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} could not be decided.`;
  return [{ level: 'warning', title: TITLE, text: lines([first, ...shown, ...more]) }];
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => clip(plain(text), LONGEST_LINE)).join('\n');
}

function limited(all: readonly Annotation[]): readonly Annotation[] {
  const [first] = all;
  if (first === undefined || all.length <= MOST_OF_A_LEVEL) return all;
  const kept = all.slice(0, MOST_OF_A_LEVEL - 1);
  const left = all.length - kept.length;
  return [
    ...kept,
    { level: first.level, title: TITLE, text: `${left} more are in the job summary and the report.` },
  ];
}
