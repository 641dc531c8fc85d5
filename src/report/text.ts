import { plain } from './escape.ts';
import type { Diagnosis } from './failure.ts';

/** A diagnosis as plain text for log and annotation; the first line is the whole story with its code. */
export function diagnosisText({ code, sentence, facts, remedy, snippets }: Diagnosis): string {
  const width = Math.max(0, ...facts.map((fact) => fact.label.length));
  const blocks = [
    [`${code}: ${plain(sentence)}`],
    facts.map((fact) => `  ${fact.label.padEnd(width)}  ${plain(fact.value)}`),
    remedy.map(plain),
    ...snippets.map(({ title, text }) => [
      `${title}:`,
      ...text.split('\n').map((line) => `  ${plain(line)}`),
    ]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
