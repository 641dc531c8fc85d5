import { code, commandLines, entities, fenced } from '../../report/escape.ts';
import { factsTable, prose } from '../../report/markdown.ts';
import { marksOf } from '../../trust/marks.ts';
import type { Report } from '../model.ts';
import type { Block, Code, Comparison, List, Row, Section, Table } from './blocks.ts';
import { andMore, clip, fitting, markedAt } from './bounded.ts';
import { chainDrawing, chainText } from './chain.ts';
import { explanationLines } from './explanation.ts';
import { type Compared, differenceText } from './nearest.ts';
import { sectionsOf } from './sections.ts';
import { causeText, STAMPS } from './verdict.ts';

// One character may become 22 bytes of entities. With the room of every list these keep the whole under 1 MiB.
const LONGEST_TEXT = 1_500;
const LONGEST_VALUE = 600;
const LONGEST_FACT = 200;
const LONGEST_CODE = 25_000;

/** The report as Markdown for the job summary: at most 1 MiB, every value from outside inert. */
export function summaryMarkdown(report: Report): string {
  const { emoji, word } = STAMPS[report.result];
  const cause = causeText(report);
  return [
    `### ${emoji} Entra trust: ${word}`,
    bounded(report.verdict),
    cause === null ? '' : bounded(cause),
    report.explanation === null ? '' : fenced('text', explanationLines(report.explanation).join('\n')),
    ...sectionsOf(report).map(section),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n\n');
}

function section({ title, folded, blocks }: Section): string {
  const body = blocks.map(block).join('\n\n');
  return folded
    ? `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
    : `#### ${title}\n\n${body}`;
}

function block(part: Block): string {
  switch (part.kind) {
    case 'text':
      return bounded(part.text);
    case 'facts':
      return factsTable(part.facts.map(({ label, value }) => ({ label, value: clip(value, LONGEST_FACT) })));
    case 'list':
      return bullets(part);
    case 'table':
      return table(part);
    case 'code':
      return copyable(part);
    case 'comparison':
      return comparison(part);
    case 'chain':
      return `${fenced('mermaid', chainDrawing(part.nodes))}\n\n${bounded(chainText(part.nodes))}`;
  }
}

function bounded(text: string, longest = LONGEST_TEXT): string {
  return prose(clip(text, longest));
}

function bullets({ ordered, items, room }: List): string {
  const mark = (index: number) => (ordered ? `${index + 1}.` : '-');
  const { lines, left } = fitting(
    items,
    (item, index) => `${mark(index)} ${bounded(item, LONGEST_VALUE)}`,
    room,
  );
  return withMore(lines, left);
}

function table({ columns, rows, room }: Table): string {
  const cell = (value: string, index: number) => {
    if (value === '') return '';
    return columns[index]?.style === 'code'
      ? code(clip(value, LONGEST_VALUE))
      : bounded(value, LONGEST_VALUE);
  };
  const { lines, left } = fitting(rows, ({ cells }: Row) => tableRow(cells.map(cell)), room);
  const head = [tableRow(columns.map(({ title }) => title)), tableRow(columns.map(() => '---'))];
  return withMore([...head, ...lines], left);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function withMore(lines: readonly string[], left: number): string {
  return [lines.join('\n'), andMore(left)].filter((part) => part !== '').join('\n\n');
}

function copyable({ title, language, text }: Code): string {
  const shown = fenced(language, commandLines(text).join('\n'));
  return Buffer.byteLength(shown) > LONGEST_CODE
    ? `${title}: too long to be shown here; the JSON report has it.`
    : `${title}:\n\n${shown}`;
}

function comparison({ presentedTitle, name, absent, rows }: Comparison): string {
  const configured = name === null ? 'Configured' : `Configured in ${code(clip(name, LONGEST_FACT))}`;
  const head = ['', presentedTitle, configured, ''];
  const lines = rows.map((row) => {
    const marks = marksOf(row.difference);
    return tableRow([
      row.field,
      value(row.presented, marks.presented, 'absent'),
      value(row.configured, marks.configured, absent),
      name === null ? '❔' : agreement(row),
    ]);
  });
  return [tableRow(head), tableRow(head.map(() => '---')), ...lines].join('\n');
}

function agreement(row: Compared): string {
  return `${row.difference === null ? '✅' : '❌'} ${bounded(differenceText(row), LONGEST_FACT)}`;
}

// The first difference is bold and underlined; where a value ends too early, its end is.
function value(text: string | null, mark: number | null, absent: string): string {
  if (text === null) return `<i>${bounded(absent, LONGEST_FACT)}</i>`;
  if (mark === null) return text === '' ? '<i>empty</i>' : code(clip(text, LONGEST_VALUE));
  const parts = markedAt(text, mark, LONGEST_VALUE);
  if (parts.mark === '') return `${code(parts.before)}<b>⟨end⟩</b>`;
  return `<code>${entities(parts.before)}<b><ins>${entities(parts.mark)}</ins></b>${entities(parts.after)}</code>`;
}
