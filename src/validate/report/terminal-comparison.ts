import { plain } from '../../report/escape.ts';
import { marksOf } from '../../trust/marks.ts';
import type { Comparison, Tone } from './blocks.ts';
import { clip, markedAt } from './bounded.ts';
import { type Compared, differenceText } from './nearest.ts';
import { columnsOf } from './wrap.ts';

/** Colours a text by its tone, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

const LABEL = 16;
const LONGEST = 2_000;

/** Presented and configured one below the other, with a caret under the first difference. */
export function comparisonLines(part: Comparison, width: number, paint: Paint): readonly string[] {
  return part.rows.flatMap((row) => rowLines(row, part, width - LABEL, paint));
}

function rowLines(row: Compared, part: Comparison, width: number, paint: Paint): readonly string[] {
  const title = part.presentedTitle.toLowerCase();
  if (part.name === null) {
    return [
      `  ${paint('doubtful', '?')} ${row.field}`,
      labelled(title, valueText(row.presented)),
      labelled('configured', plain(clip(part.absent, LONGEST))),
    ];
  }
  if (row.difference === null) return sameLines(row, title, paint);
  const marks = marksOf(row.difference);
  const presented = valueLines(title, row.presented, marks.presented, width);
  const configured = valueLines('configured', row.configured, marks.configured, width);
  const caret = (place: number | null) =>
    place === null ? [] : [`${' '.repeat(LABEL + place)}${paint('bad', '^')}`];
  return [
    `  ${paint('bad', '✗')} ${field(row)}${plain(differenceText(row))}`,
    presented.line,
    // One caret serves both, unless what is made visible moved the places apart.
    ...(presented.caret === configured.caret ? [] : caret(presented.caret)),
    configured.line,
    ...caret(configured.caret),
    ...presented.whole,
    ...configured.whole,
  ];
}

function sameLines(row: Compared, title: string, paint: Paint): readonly string[] {
  const { presented, configured } = row;
  const head = `  ${paint('good', '✓')} ${field(row)}`;
  if (presented === configured) return [`${head}${valueText(presented)}`];
  return [
    `${head}matches`,
    labelled(title, valueText(presented)),
    labelled('configured', valueText(configured)),
  ];
}

function field(row: Compared): string {
  return row.field.padEnd(LABEL - 4);
}

function valueText(text: string | null): string {
  if (text === null) return '(absent)';
  return text === '' ? '(empty)' : plain(clip(text, LONGEST));
}

interface ValueLines {
  readonly line: string;
  /** The place of the mark in the value, in columns. */
  readonly caret: number | null;
  /** The value unshortened, where it is too wide for a caret to stay under its place. */
  readonly whole: readonly string[];
}

function valueLines(label: string, text: string | null, mark: number | null, width: number): ValueLines {
  if (text === null || mark === null) {
    return { line: labelled(label, valueText(text)), caret: null, whole: [] };
  }
  const { before, mark: char, after } = markedAt(text, mark, width);
  const shown = `${before}${char}${after}`;
  return {
    line: labelled(label, plain(shown)),
    // Measured with the character, which may only together with the one before it read as a command.
    caret: columnsOf(plain(`${before}${char}`)) - columnsOf(plain(char)),
    whole: shown === text ? [] : [`    ${label} in full: ${valueText(text)}`],
  };
}

function labelled(label: string, text: string): string {
  return `    ${label.padEnd(LABEL - 4)}${text}`.trimEnd();
}
