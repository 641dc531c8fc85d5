import { invalid } from '../inputs/invalid.ts';
import { readTextFile } from '../io/json-file.ts';
import type { Credential } from '../trust/credential.ts';
import { readExpected } from '../validate/expected.ts';

/** The credentials in the file that `expected-credentials` names; null where none is named. */
export function expectedCredentials(path: string | null): readonly Credential[] | null {
  if (path === null) return null;
  const file = readTextFile(path);
  const read = file.ok ? readExpected(file.value) : file;
  if (read.ok) return read.credentials;
  throw invalid(
    'expected-credentials',
    `cannot be used: ${read.problem}`,
    'Give a JSON or YAML file with a list of credentials.',
  );
}
