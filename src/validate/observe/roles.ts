import type { JsonReader } from '../../rest/json.ts';
import type { RoleAssignment } from '../../trust/lint/facts.ts';
import { type Known, known, unknown } from '../model.ts';
import { type ArmAccess, type ObservedRole, readRoles } from './arm.ts';
import { readSubscriptions } from './subscriptions.ts';

/** Role assignments that were read, and where there may be others. */
export interface RolesRead {
  readonly assignments: readonly RoleAssignment[];
  /** What else would have to be read to know every role; null where there can be no other. */
  readonly unread: string | null;
  /** Of that, what the reading identity knows of and could not read. */
  readonly lost: string | null;
}

/** Ways to Resource Manager. */
export interface ArmReading {
  readonly access: ArmAccess;
  readonly reader: JsonReader;
}

/** Of a client that has no principal, which no role can be assigned to. */
export const NO_ROLE: RolesRead = { assignments: [], unread: null, lost: null };

const MOST_SUBSCRIPTIONS = 100;
const UNSEEN = 'roles in subscriptions that the reading identity does not see';

/**
 * The roles of a principal in every subscription that the reading identity sees, and in the one that is named. That one
 * must be readable, or all where none is named; what another does not tell is said in `unread`, and that one is not
 * waited for long: it is read by `briefly`.
 */
export async function readEveryRole(
  patiently: ArmReading,
  briefly: ArmReading,
  principalId: string,
  named: string | null,
): Promise<Known<RolesRead>> {
  const { access, reader } = named === null ? patiently : briefly;
  const seen = await readSubscriptions(reader, access.endpoint);
  if (!seen.known && named === null) return unknown(seen.missing);
  const ids = [...(named === null ? [] : [named]), ...(seen.known ? seen.value : [])];
  const all = [...new Set(ids.map((id) => id.toLowerCase()))];
  if (all.length === 0)
    return unknown(
      'no subscription is visible to the reading identity: give it Reader, or name `subscription-id`',
    );
  const read = await Promise.all(
    all
      .slice(0, MOST_SUBSCRIPTIONS)
      .map((id) => readRoles(id === named?.toLowerCase() ? patiently.access : access, id, principalId)),
  );
  const told = read.flatMap((roles) => (roles.known ? roles.value : []));
  const lost = lostIn(seen, read.filter(({ known }) => !known).length, all.length - read.length);
  const unread = lost === null ? UNSEEN : `${UNSEEN}, and ${lost}`;
  const roles = { assignments: distinct(told), unread: seen.known ? unread : lost, lost };
  const needed = (named === null ? read : read.slice(0, 1)).find((one) => !one.known);
  return needed && !needed.known ? unknown(needed.missing, roles) : known(roles);
}

function lostIn(seen: Known<readonly string[]>, refused: number, untried: number): string | null {
  if (!seen.known) return `roles in other subscriptions (${seen.missing})`;
  const subscriptions = (count: number) =>
    `roles in ${count} subscription${count === 1 ? '' : 's'} that it sees`;
  const parts = [
    ...(refused > 0 ? [`${subscriptions(refused)} (Microsoft.Authorization/roleAssignments/read)`] : []),
    ...(untried > 0 ? [`${subscriptions(untried)} (no more than ${MOST_SUBSCRIPTIONS} are read)`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', and ');
}

/** Role assignments as the rules read them; one that is inherited is seen in every subscription and counts once. */
function distinct(roles: readonly ObservedRole[]): RoleAssignment[] {
  const byId = new Map(roles.map((role) => [role.assignment.id ?? JSON.stringify(role.assignment), role]));
  return [...byId.values()].map(({ assignment, definition }) => ({
    id: assignment.id ?? null,
    principalId: assignment.principalId ?? null,
    principalType: assignment.principalType ?? null,
    // What `assignedTo` lists reaches the principal, which exists: itself, or a group that it is a member of.
    principalExists: true,
    roleDefinitionId: assignment.roleDefinitionId ?? '',
    roleName: definition?.roleName ?? null,
    scope: assignment.scope ?? '',
    condition: assignment.condition ?? null,
    actions: definition?.permissions?.flatMap(({ actions = [] }) => actions) ?? null,
    dataActions: definition?.permissions?.flatMap(({ dataActions = [] }) => dataActions) ?? null,
  }));
}
