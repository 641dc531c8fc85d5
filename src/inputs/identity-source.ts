import { isAbsolute } from 'node:path';
import { isGuid } from '../trust/guid.ts';
import { parseIdentityId } from '../trust/identity-id.ts';
import { invalid, shape } from './invalid.ts';

/** Which of a machine's managed identities is meant. */
export interface IdentitySelector {
  readonly by: 'client-id' | 'object-id' | 'resource-id';
  readonly value: string;
}

/** Where an assertion comes from. `id` is null where no identity is named. */
export type AssertionKind =
  | { readonly kind: 'github' }
  | { readonly kind: 'google' }
  | { readonly kind: 'aws' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'managed-identity'; readonly id: IdentitySelector | null };

/** No federation: the machine's own identity signs in. */
export interface DirectKind {
  readonly kind: 'direct-managed-identity';
  readonly id: IdentitySelector | null;
}

/** Where the proof of this workload's identity comes from. */
export type IdentitySource = AssertionKind | DirectKind;

const INPUT = 'identity-source';
const KNOWN =
  'Known: github, file:PATH, google, aws, managed-identity[:ID] and direct-managed-identity[:ID], where ID is client-id=…, object-id=… or resource-id=…, or a client id alone.';

/** Parses the input `identity-source`: a word, and behind a colon what the source takes. Fails with input-invalid. */
export function parseIdentitySource(text: string): IdentitySource {
  const [, word = '', argument] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const kind = word.trim().toLowerCase();
  const given = argument?.trim();
  switch (kind) {
    case 'github':
    case 'google':
    case 'aws':
      if (given === undefined) return { kind };
      throw invalid(INPUT, `gives \`${kind}\` an argument, and it takes none`, KNOWN);
    case 'file':
      return { kind, path: absolutePath(given ?? '') };
    case 'managed-identity':
    case 'direct-managed-identity':
      return { kind, id: given === undefined ? null : selector(given) };
    default:
      throw invalid(INPUT, `has an unknown value (${shape(text)})`, KNOWN);
  }
}

function absolutePath(path: string): string {
  if (path === '')
    throw invalid(
      INPUT,
      'names no file after `file:`',
      'Where a variable stands there, it is not set on this runner: `env` in a workflow does not see what the machine sets.',
    );
  if (isAbsolute(path)) return path;
  throw invalid(
    INPUT,
    `names no absolute path after \`file:\` (${shape(path)})`,
    'Give the path as the process sees it, such as /var/run/secrets/azure/tokens/azure-identity-token.',
  );
}

function selector(text: string): IdentitySelector {
  const [, key = '', value = ''] = /^(?:([a-z-]+)=)?(.*)$/is.exec(text) ?? [];
  const by = key.toLowerCase() || 'client-id';
  if ((by === 'client-id' || by === 'object-id') && isGuid(value)) return { by, value: value.toLowerCase() };
  if (by === 'resource-id' && parseIdentityId(value)) return { by, value };
  if (value === '')
    throw invalid(
      INPUT,
      `names a managed identity in a form that cannot be used: nothing follows the ${key === '' ? 'colon' : 'equals sign'}`,
      'Where a variable or secret stands there, such as `${{ vars.NAME }}`, it is not set for this run. Without the colon, the only identity of the machine is meant.',
    );
  throw invalid(
    INPUT,
    `names a managed identity in a form that cannot be used (${shape(text)})`,
    'Write client-id=GUID, object-id=GUID, resource-id=/subscriptions/…/userAssignedIdentities/NAME, or a client id alone.',
  );
}
