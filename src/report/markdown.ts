import { code, commandLines, entities, fenced } from './escape.ts';
import type { Diagnosis, Fact } from './failure.ts';

/** A diagnosis as Markdown for the job summary: verdict, facts, what to do, ready commands. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { code: failureCode, sentence, facts, remedy, snippets } = diagnosis;
  return [
    `### ❌ Entra sign-in failed: ${failureCode}`,
    prose(capitalised(sentence)),
    factsTable(facts),
    ...remedy.map(prose),
    ...snippets.map(
      ({ title, language, text }) => `${title}:\n\n${fenced(language, commandLines(text).join('\n'))}`,
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n\n');
}

/** Facts as a two-column table; empty text when there are none. */
export function factsTable(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(({ label, value }) => `| ${label} | ${code(value)} |`);
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}

/**
 * Sentences in which names between backticks become code. Whatever a claim or a server put into the text is inert
 * either way, its beginning too, which could make it a list, a rule or a block of code.
 */
export function prose(text: string): string {
  return text
    .trim()
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : entities(part)))
    .join('')
    .replace(/^(?:-|\d(?=\d*[.)]))/, (char) => `&#${char.charCodeAt(0)};`);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
