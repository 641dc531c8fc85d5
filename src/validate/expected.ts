import { parse } from 'yaml';
import { isRecord } from '../trust/claims.ts';
import { type Credential, readCredential } from '../trust/credential.ts';

/** The credentials of a file, or why it cannot be used. */
export type Expected =
  | { readonly ok: true; readonly credentials: readonly Credential[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a file of credentials, JSON or YAML: a list of them, `credentials:` with a list, or the answer of Graph or
 * Resource Manager as it is (`value`).
 */
export function readExpected(text: string): Expected {
  const document = parsed(text);
  const list = Array.isArray(document)
    ? document
    : isRecord(document)
      ? (document['credentials'] ?? document['value'])
      : null;
  if (!Array.isArray(list)) return { ok: false, problem: 'it holds no list of credentials' };
  const credentials = list.map((item, index) => readCredential(item, `#${index + 1}`));
  const broken = credentials.indexOf(null);
  if (broken >= 0) return { ok: false, problem: `its credential ${broken + 1} is not one` };
  return { ok: true, credentials: credentials.filter((credential) => credential !== null) };
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return null;
  }
}
