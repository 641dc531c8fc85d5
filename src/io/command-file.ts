import { randomUUID } from 'node:crypto';
import { EOL } from 'node:os';

/**
 * Entries of a command file of the runner (GITHUB_OUTPUT, GITHUB_ENV), to be appended at once, so that no half of them
 * can be left. GitHub: "Workflow commands", multiline strings; the delimiter is random, names are ours or validated.
 */
export function commandFileEntries(
  entries: readonly { readonly name: string; readonly value: string }[],
): string {
  return entries.map(({ name, value }) => entry(name, value)).join('');
}

function entry(name: string, value: string): string {
  const delimiter = `entra_federate_${randomUUID()}`;
  return [`${name}<<${delimiter}`, value, delimiter, ''].join(EOL);
}
