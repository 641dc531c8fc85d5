import { code, entities, fenced } from './escape.ts';
import type { Diagnosis, Fact } from './failure.ts';

/** A diagnosis as Markdown for the job summary: verdict, facts, what to do, ready commands. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { code: failureCode, sentence, facts, remedy, snippets } = diagnosis;
  return [
    `### ❌ Entra sign-in failed: ${failureCode}`,
    prose(capitalised(sentence)),
    table(facts),
    ...remedy.map(prose),
    ...snippets.map(({ title, language, text }) => `${title}:\n\n${fenced(language, text)}`),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n\n');
}

/** Facts as a two-column table; empty text when there are none. */
export function table(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const rows = facts.map(({ label, value }) => `| ${label} | ${code(value)} |`);
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}

// Names between backticks become code. Whatever a claim or a server put into the text is inert either way.
function prose(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : entities(part)))
    .join('');
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
