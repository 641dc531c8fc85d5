import type { Known, Report } from '../validate/model.ts';

/** What a validation reads as the person who is signed in. */
export type Read = 'graph' | 'arm';

const NAMES: Readonly<Record<Read, string>> = { graph: 'the directory', arm: 'Resource Manager' };
// What DefaultAzureCredential throws where none of its ways is set up, and where its one way is not.
const NOTHING_FOUND = ['AggregateAuthenticationError', 'CredentialUnavailableError'];
const REMEDY = '; run `az login`, or sign in by anything else that DefaultAzureCredential finds';

/** Why there is no token to read with, and what to do; of the error only its name, for its text may hold anything. */
export function whyNoToken(read: Read, error: unknown): string {
  const name = error instanceof Error ? error.name : 'error';
  const nothing = NOTHING_FOUND.includes(name);
  return `not signed in for reading ${NAMES[read]}${nothing ? '' : ` (${name})`}${REMEDY}`;
}

/** The report for a person: what to do about the sign-in stands in the verdict, and nowhere else again. */
export function remedyOnce(report: Report): Report {
  if (!report.verdict.includes(REMEDY)) return report;
  const { identity, credentials, roles } = report;
  return { ...report, identity: brief(identity), credentials: brief(credentials), roles: brief(roles) };
}

function brief<T>(fact: Known<T>): Known<T> {
  return fact.known ? fact : { ...fact, missing: fact.missing.replaceAll(REMEDY, '') };
}
