import { styleText } from 'node:util';
import { commandLines, plain, undirected } from '../../report/escape.ts';
import type { Report } from '../model.ts';
import type { Block, Code, Comparison, Facts, List, Row, Section, Table, Tone } from './blocks.ts';
import { andMore, clip } from './bounded.ts';
import { chainText } from './chain.ts';
import { explanationLines } from './explanation.ts';
import { sectionsOf } from './sections.ts';
import { comparisonLines, type Paint } from './terminal-comparison.ts';
import { causeText, STAMPS } from './verdict.ts';
import { wrap } from './wrap.ts';

const WIDTH = 100;
const LONGEST = 2_000;
const MOST_ITEMS = 50;

/** The report as plain text for a terminal, with colours only when asked for; values from outside are inert. */
export function terminalText(report: Report, colour: boolean): string {
  const paint = colour ? painted : unpainted;
  const { sign, word, tone } = STAMPS[report.result];
  const title = `${sign} ${word.toUpperCase()}`;
  const [first = '', ...rest] = paragraph(report.verdict, title.length + 2);
  const cause = causeText(report);
  const verdict = [
    `${paint(tone, title)}  ${first.trimStart()}`,
    ...rest,
    ...(cause === null ? [] : paragraph(cause, title.length + 2)),
  ];
  const explanation = report.explanation === null ? [] : [explanationLines(report.explanation)];
  return [verdict, ...explanation, ...sectionsOf(report).map((part) => section(part, paint))]
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .concat('\n');
}

const STYLES = { good: 'green', bad: 'red', doubtful: 'yellow', plain: 'bold' } as const;

// Whether to colour was decided by the caller, who knows the stream.
function painted(tone: Tone, text: string): string {
  return styleText(STYLES[tone], text, { validateStream: false });
}

function unpainted(_tone: Tone, text: string): string {
  return text;
}

function section({ title, blocks }: Section, paint: Paint): readonly string[] {
  return [paint('plain', title.toUpperCase()), ...blocks.flatMap((part) => block(part, paint))];
}

function block(part: Block, paint: Paint): readonly string[] {
  switch (part.kind) {
    case 'text':
      return paragraph(part.text, 2);
    case 'facts':
      return factLines(part);
    case 'list':
      return listLines(part);
    case 'table':
      return records(part, paint);
    case 'code':
      return codeLines(part);
    case 'comparison':
      return comparison(part, paint);
    case 'chain':
      return paragraph(chainText(part.nodes), 2);
  }
}

function comparison(part: Comparison, paint: Paint): readonly string[] {
  return comparisonLines(part, WIDTH, paint);
}

// A hanging paragraph: the first line begins with the lead, the others below its end.
function paragraph(text: string, indent: number, lead = ''): readonly string[] {
  const margin = indent + lead.length;
  return wrap(plain(clip(text, LONGEST)), WIDTH - margin).map((line, index) =>
    // Plain once more: what stood amid the text now begins a line.
    `${index === 0 ? `${' '.repeat(indent)}${lead}` : ' '.repeat(margin)}${plain(line)}`.trimEnd(),
  );
}

function factLines({ facts }: Facts): readonly string[] {
  const width = Math.max(...facts.map(({ label }) => label.length));
  return facts.flatMap(({ label, value }) => paragraph(value, 2, `${label.padEnd(width)}  `));
}

function listLines({ ordered, items }: List): readonly string[] {
  const lines = items
    .slice(0, MOST_ITEMS)
    .flatMap((item, index) => paragraph(item, 2, ordered ? `${index + 1}. ` : '- '));
  return [...lines, ...more(items.length)];
}

function records({ columns, rows }: Table, paint: Paint): readonly string[] {
  const record = ({ cells, tone }: Row): readonly string[] => {
    const named = columns.map((column, index) => ({ ...column, text: cells[index] ?? '' }));
    const shown = named.filter(({ text }) => text !== '');
    const [first = '', ...rest] = shown
      .filter(({ head }) => head)
      .map(({ text }) => plain(clip(text, LONGEST)));
    const heading = ['  '.concat(paint(tone, first)), ...rest].join('  ');
    const details = shown
      .filter(({ head }) => !head)
      .flatMap(({ title, text }) => paragraph(text, 4, `${title}: `));
    return [heading, ...details];
  };
  return [...rows.slice(0, MOST_ITEMS).flatMap(record), ...more(rows.length)];
}

function more(count: number): readonly string[] {
  return count <= MOST_ITEMS ? [] : [`  ${andMore(count - MOST_ITEMS)}`];
}

function codeLines({ title, text }: Code): readonly string[] {
  return [`  ${title}:`, ...commandLines(text).map((line) => `    ${undirected(line)}`.trimEnd())];
}
