import { Failure } from '../report/failure.ts';
import type { Snippet } from '../trust/fix.ts';
import type { InputName } from './table.ts';

/** An input that cannot be used: names it, says what it looks like (never its value) and what was expected. */
export function invalid(
  input: InputName,
  problem: string,
  remedy: string,
  snippets: readonly Snippet[] = [],
): Failure {
  return new Failure({
    code: 'input-invalid',
    sentence: `input \`${input}\` ${problem}.`,
    facts: [{ label: 'input', value: input }],
    remedy: [remedy],
    snippets,
  });
}

/** The shape of a value that may be a secret put into the wrong input: length and kinds of characters. */
export function shape(value: string): string {
  const kinds = [
    [/[A-Za-z]/, 'letters'],
    [/[0-9]/, 'digits'],
    [/-/, 'hyphens'],
    [/\./, 'dots'],
    [/\s/, 'white space'],
    [/["'`]/, 'quotation marks'],
    [/[^A-Za-z0-9\-.\s"'`]/, 'other characters'],
  ] as const;
  const found = kinds.filter(([pattern]) => pattern.test(value)).map(([, name]) => name);
  return `${value.length} character${value.length === 1 ? '' : 's'}: ${found.join(', ')}`;
}
