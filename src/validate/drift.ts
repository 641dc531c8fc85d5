import type { Credential } from '../trust/credential.ts';
import type { Finding } from '../trust/finding.ts';

const SOURCE = 'the file of expected credentials';

/** What a directory that is not as the file of expected credentials says is reported as. */
export const DRIFT = {
  missing: {
    code: 'expected-missing',
    severity: 'medium',
    title: 'A credential that the file expects is not in the directory',
    remedy: 'Create it, or take it out of the file.',
    source: SOURCE,
  },
  surplus: {
    code: 'expected-surplus',
    severity: 'medium',
    title: 'The directory holds a credential that the file does not expect',
    remedy: 'Remove it, or add it to the file.',
    source: SOURCE,
  },
} as const;

/** Where directory and file differ. Names do not count: what a credential trusts is all that does. */
export function findDrift(expected: readonly Credential[], directory: readonly Credential[]): Finding[] {
  const there = new Set(directory.map(trusted));
  const wanted = new Set(expected.map(trusted));
  return [
    ...expected
      .filter((credential) => !there.has(trusted(credential)))
      .map((credential) => finding('missing', credential)),
    ...directory
      .filter((credential) => !wanted.has(trusted(credential)))
      .map((credential) => finding('surplus', credential)),
  ];
}

function trusted({ issuer, subject, audiences, claimsMatchingExpression }: Credential): string {
  return JSON.stringify([issuer, subject, claimsMatchingExpression?.value ?? null, [...audiences].sort()]);
}

function finding(kind: keyof typeof DRIFT, credential: Credential): Finding {
  const { code, severity, title, remedy, source } = DRIFT[kind];
  const evidence = `${credential.issuer} ${credential.claimsMatchingExpression?.value ?? credential.subject ?? ''}`;
  return {
    code,
    severity,
    credential: credential.name,
    message: `${title}: '${credential.name}'.`,
    evidence,
    remedy,
    source,
  };
}
