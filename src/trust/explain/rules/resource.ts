import type { Candidate, Evidence, Rule } from '../evidence.ts';
import { quoted } from '../visible.ts';

const DENIED =
  /AuthorizationFailed|does not have (authorization|permission|access|sufficient)|AuthorizationPermissionMismatch|not authorized to perform|ForbiddenByRbac|Authorization_RequestDenied|Insufficient privileges|LinkedAuthorizationFailed|InsufficientAccountPermissions|RequestDenied|does not have .{0,40}permissions? (on|to|for)|lacks? .{0,30}permission|required role|denied by rbac|is not authorized to access|AuthorizationFailure|role assignment.{0,40}(missing|required|not found)|no role assignments?/i;
const FORBIDDEN =
  /\b403\b|\bForbidden\b|Access ?Denied|not authorized|unauthorized: authentication required/i;
const NO_SUBSCRIPTION =
  /No subscriptions? (were )?found|SubscriptionNotFound|subscription .{0,80}(does ?n[o']t exist|could not be found|was not found|not found|is not (registered|found|available|in))|no (enabled |accessible )?subscriptions?|InvalidSubscriptionId|MissingSubscription(Registration)?\b(?!Registration)|provided subscription identifier|subscription.{0,40}(malformed|invalid)|Please provide a valid (tenant or a valid )?subscription|could ?n[o']t (find|determine|retrieve) .{0,20}subscription|Subscription ID .{0,40}(not set|could not be determined)|allow-no-subscriptions|ReadOnlyDisabledSubscription|does not have access to (any|the) subscription/i;
const FRESH_SECONDS = 15 * 60;
const POLICY =
  /RequestDisallowedByPolicy|disallowed by policy|ScopeLocked|DenyAssignmentAuthorizationFailed/i;

/** A rule about rights: signed in, and not allowed. Microsoft: "Troubleshoot Azure RBAC". */
export const noRole: Rule = (evidence) => {
  const { error, stage } = evidence;
  if (stage === 'trust' || (stage === 'entra' && !/AuthorizationFailed/.test(error.text))) return [];
  if (POLICY.test(error.text))
    return [
      { cause: 'other', confidence: 'likely', why: ['A policy or a lock refuses, whatever the roles are.'] },
    ];
  if (DENIED.test(error.text)) return [...recent(evidence), role('likely', error)];
  return FORBIDDEN.test(error.text) ? [...recent(evidence), role('possible', error)] : [];
};

function role(confidence: Candidate['confidence'], { action, scope }: Evidence['error']): Candidate {
  const at = scope === null ? '' : ` at ${quoted(scope)}`;
  const why = action === null ? [] : [`It needs a role that allows ${quoted(action)}${at}.`];
  return { cause: 'no-role-assignment', confidence, why };
}

/** A rule about subscriptions: signed in, and nothing to see. */
export const noSubscription: Rule = (evidence) => {
  const { error, stage } = evidence;
  if (stage === 'trust' || stage === 'entra' || !NO_SUBSCRIPTION.test(error.text)) return [];
  if (/AuthorizationFailed|perform action/.test(error.text))
    return [{ cause: 'no-subscription', confidence: 'possible', why: [] }];
  return [
    ...recent(evidence),
    {
      cause: 'no-subscription',
      confidence: 'likely',
      why: ['Only subscriptions in which the principal has a role are listed.'],
    },
    { cause: 'no-role-assignment', confidence: 'possible', why: [] },
  ];
};

// A role that was assigned a moment ago is not in force everywhere yet: up to 10 minutes, says Microsoft.
function recent({ context }: Evidence): readonly Candidate[] {
  const age = context.role_assignment_age_seconds;
  const fresh = age !== undefined && age < FRESH_SECONDS;
  if (!fresh && !context.attempts_failed_then_succeeded) return [];
  const why = fresh ? `The role was assigned ${Math.round(age)} seconds ago.` : 'Later attempts succeeded.';
  return [{ cause: 'propagation-delay', confidence: 'likely', why: [why] }];
}

/** A rule about objects that were created a moment ago and are not found yet. */
export const notYetReplicated: Rule = ({ error, stage }) => {
  if (stage === 'trust' || stage === 'entra') return [];
  const found =
    /PrincipalNotFound|replication delay|eventual(ly)? consisten|MS Graph resource not found|ParentResourceNotFound.{0,200}federated|Principal \S{1,60} does not exist in the directory|not (yet )?(been )?(propagated|replicated)/i.test(
      error.text,
    );
  return found
    ? [
        {
          cause: 'propagation-delay',
          confidence: 'likely',
          why: ['What was just created is not known to every node yet.'],
        },
      ]
    : [];
};
