import type { Claims } from '../trust/claims.ts';
import type { Credential } from '../trust/credential.ts';
import { otherForm } from '../trust/immutability.ts';
import { mismatchesOf } from '../trust/match.ts';
import type { MigrationReport } from './model.ts';

/**
 * Where a repository stands on the way to immutable subjects: which form it emits, which credentials trust either,
 * what is left to do in which order, and what would break if the switch were thrown today.
 * Microsoft: "Immutable subjects for GitHub Actions", migration.
 */
export function checkMigration(claims: Claims, credentials: readonly Credential[]): MigrationReport {
  const other = otherForm(claims);
  const subject = typeof claims['sub'] === 'string' ? claims['sub'] : '';
  if (other === null) {
    const emits = subject.startsWith('repo:') || subject === '' ? 'unknown' : 'custom';
    return { emits, nameBased: null, immutable: null, steps: [], breaks: [] };
  }
  const side = (text: string) => ({ subject: text, credentials: trusting(text, claims, credentials) });
  const immutableNow = other.presentedIs === 'immutable';
  const nameBased = side(immutableNow ? other.subject : subject);
  const immutable = side(immutableNow ? subject : other.subject);
  return immutableNow
    ? { emits: 'immutable', nameBased, immutable, ...afterTheSwitch(nameBased.credentials, immutable) }
    : { emits: 'name-based', nameBased, immutable, ...beforeTheSwitch(nameBased, immutable) };
}

interface Side {
  readonly subject: string;
  readonly credentials: readonly string[];
}

type Plan = Pick<MigrationReport, 'steps' | 'breaks'>;

function beforeTheSwitch(nameBased: Side, immutable: Side): Plan {
  const trusted = immutable.credentials.length > 0;
  const add = trusted ? [] : [`Add a credential for '${immutable.subject}' beside the existing one.`];
  return {
    steps: [
      ...add,
      'Switch the repository to immutable subjects (Settings, Actions, OIDC; or use_immutable_subject in the API).',
      'Run the workflow once for every environment, branch and event that signs in.',
      ...nameBased.credentials.map((name) => `Remove the name-based credential '${name}'.`),
    ],
    breaks: trusted ? [] : [`Runs like this one: nothing trusts '${immutable.subject}' yet.`],
  };
}

function afterTheSwitch(nameBased: readonly string[], immutable: Side): Plan {
  const add =
    immutable.credentials.length > 0
      ? []
      : [`Add a credential for '${immutable.subject}': runs fail without it.`];
  return {
    steps: [...add, ...nameBased.map((name) => `Remove the name-based credential '${name}'.`)],
    breaks: [],
  };
}

function trusting(subject: string, claims: Claims, credentials: readonly Credential[]): string[] {
  const presented = { ...claims, sub: subject };
  return credentials
    .filter((credential) => mismatchesOf(presented, credential).length === 0)
    .map(({ name }) => name);
}
