import type { SignInInputs } from '../inputs/inputs.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { createJsonReader } from '../rest/json.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { patienceUntil } from '../retry/policy.ts';
import type { Subscription } from '../sessions/az/files.ts';
import { claimText, isRecord } from '../trust/claims.ts';
import { isGuid } from '../trust/guid.ts';
import type { LoginTools, SignedIn } from './login.ts';

/**
 * The subscriptions that the principal sees. One that was asked for must be among them: a role that was just assigned
 * may take minutes to count, so it is waited for as long as `wait-for-trust` says.
 * Azure Resource Manager: "Subscriptions - List". Fails with subscriptions-unavailable or subscription-not-visible.
 */
export async function listSubscriptions(
  signedIn: SignedIn,
  inputs: SignInInputs,
  { patience, fx, signal }: LoginTools,
): Promise<readonly Subscription[]> {
  const { management } = signedIn;
  if (management instanceof Failure) throw management;
  const token = management?.token ?? '';
  const url = new URL(`${inputs.cloud.managementEndpoint}/subscriptions?api-version=2022-12-01`);
  const attempt = async (until: number): Promise<Attempt<readonly Subscription[]>> => {
    // Each look has the time that is left: what the first has used up is not the last one's.
    const reader = createJsonReader({ token, fx, patience: patienceUntil(until, fx.clock.now()), signal });
    const { status, items, failure } = await reader.list(url);
    if (status !== 200)
      return { ok: false, retry: 'never', failure: unavailable(url.host, status, failure, inputs) };
    const seen = items.flatMap(subscriptionOf);
    const wanted = inputs.subscriptionId;
    if (wanted === null || seen.some(({ id }) => id.toLowerCase() === wanted))
      return { ok: true, value: seen };
    return { ok: false, retry: 'propagating', failure: notVisible(wanted, seen, signedIn) };
  };
  return persist(attempt, patience, fx, signal);
}

/** What a person must know who signed in and sees nothing: authentication passed, authorisation did not. */
export function noSubscriptionText({ principalId }: SignedIn): string {
  return `Signed in, but no subscription is visible: ${nameOf(principalId)} has no role in any. az is signed in to the tenant alone. To give it a role: ${roleCommand(principalId, 'SUBSCRIPTION_ID')}`;
}

function subscriptionOf(item: unknown): Subscription[] {
  const id = isRecord(item) ? claimText(item, 'subscriptionId') : null;
  // It is written into files of az's as it is.
  if (!isRecord(item) || id === null || !isGuid(id)) return [];
  const managers = Array.isArray(item['managedByTenants']) ? item['managedByTenants'] : [];
  return [
    {
      id,
      name: claimText(item, 'displayName') ?? id,
      state: claimText(item, 'state') ?? 'Enabled',
      homeTenantId: claimText(item, 'tenantId') ?? '',
      managedByTenants: managers.flatMap((one) => (isRecord(one) ? (claimText(one, 'tenantId') ?? []) : [])),
    },
  ];
}

function notVisible(wanted: string, seen: readonly Subscription[], { principalId }: SignedIn): Failure {
  const visible = seen.map(({ id }) => id).slice(0, 10);
  const facts: Fact[] = [
    { label: 'principal (object id)', value: principalId ?? 'not stated by the token' },
    { label: 'subscription asked for', value: wanted },
    { label: 'subscriptions visible', value: visible.length > 0 ? visible.join(', ') : 'none' },
  ];
  return new Failure({
    code: 'subscription-not-visible',
    sentence: `signed in, but the subscription '${wanted}' is not visible: ${nameOf(principalId)} has no role in it, or \`subscription-id\` names another one than was meant.`,
    facts,
    remedy: [
      'Authentication passed, authorisation did not: assign a role. One that was just assigned may take up to ten minutes; `wait-for-trust` waits for it.',
    ],
    snippets: [{ title: 'A role', language: 'bash', text: roleCommand(principalId, wanted) }],
  });
}

function unavailable(
  host: string,
  status: number,
  failure: Failure | null,
  { sessions }: SignInInputs,
): Failure {
  const why = failure ? failure.message : `Resource Manager answered ${status}`;
  return new Failure({
    code: 'subscriptions-unavailable',
    sentence: `signed in, but the subscriptions could not be read for the session of az: ${why}`,
    facts: failure?.diagnosis.facts ?? [{ label: 'host', value: host }],
    remedy: [
      sessions.chosen
        ? 'Run the job again, or leave `az` out of `sessions`.'
        : 'Run the job again, or say in `sessions` which clients are needed.',
    ],
  });
}

function nameOf(principalId: string | null): string {
  return principalId === null ? 'the principal' : `the principal '${principalId}'`;
}

// A command is copied into a shell: of a claim only an id goes into it.
function roleCommand(principalId: string | null, subscription: string): string {
  const assignee = principalId !== null && isGuid(principalId) ? principalId : 'OBJECT_ID';
  return `az role assignment create --assignee-object-id ${assignee} --assignee-principal-type ServicePrincipal --role Reader --scope /subscriptions/${subscription}`;
}
