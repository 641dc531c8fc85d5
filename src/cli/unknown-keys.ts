import { plain } from '../report/escape.ts';
import { isRecord } from '../trust/claims.ts';

/** The fields of a credential that count, and those that Graph, ARM, az and Terraform print beside them. */
const OF_CREDENTIAL = ['name', 'issuer', 'subject', 'audiences', 'claimsMatchingExpression'];
const BESIDE_CREDENTIAL = [
  ...['audience', 'claims_matching_expression', 'properties', 'id', 'type', 'description', 'systemData'],
  ...['resourceGroup', 'resource_group_name', 'parent_id', 'application_id', 'display_name'],
];

/** Warnings of the keys of a file that nothing reads: a slip in one would pass for a fact that is not there. */
export function unknownKeys(
  json: unknown,
  known: readonly string[],
  beside: readonly string[] = [],
): string[] {
  return warningsOf(json, '', known, beside);
}

/** The same of each credential in a list. */
export function unknownCredentialKeys(list: unknown, path: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((json: unknown, index) => {
    const at = ` in ${path}[${index}]`;
    const inner = isRecord(json) ? json['properties'] : null;
    return [json, inner].flatMap((part) => warningsOf(part, at, OF_CREDENTIAL, BESIDE_CREDENTIAL));
  });
}

function warningsOf(
  json: unknown,
  at: string,
  known: readonly string[],
  beside: readonly string[],
): string[] {
  if (!isRecord(json)) return [];
  const alien = Object.keys(json).filter(
    (key) => !key.startsWith('@odata.') && !known.includes(key) && !beside.includes(key),
  );
  return alien.map((key) => `${nameOf(key)}${at} is not known and not read; known: ${known.join(', ')}`);
}

// Whatever stands in the place of a key: only what looks like one is shown.
function nameOf(key: string): string {
  return /^[\w.@$-]{1,40}$/.test(key) ? `the key '${plain(key)}'` : `a key of ${key.length} characters`;
}
