import type { AadstsEntry } from './entry.ts';

const USER_FLOW =
  'This belongs to sign-ins of people: a step of the job signs a user in, or the answer is not for this request.';

/** Refusals by policy, and the states of the service itself, which pass. */
export const SERVICE: readonly AadstsEntry[] = [
  {
    code: 53003,
    causes: ['conditional-access'],
    sentence: "a Conditional Access policy of the tenant '{tenant}' blocks '{client}' from here.",
    remedy:
      "A policy for workload identities blocks this runner's address or the principal's risk. Allow the runner's addresses, use a runner with a fixed one, or exclude the principal; the sign-in log names the policy under the correlation id.",
    retry: 'never',
  },
  {
    code: 53004,
    causes: ['conditional-access'],
    sentence: 'the tenant demands a registration of proof from a person before it lets the sign-in pass.',
    remedy: USER_FLOW,
    retry: 'never',
  },
  {
    code: 50034,
    causes: ['other'],
    sentence: "Entra looked for a user account and found none in the tenant '{tenant}'.",
    remedy: USER_FLOW,
    retry: 'never',
  },
  {
    code: 50076,
    causes: ['conditional-access'],
    sentence: 'Entra demands multi-factor authentication, which a workload cannot give.',
    remedy: USER_FLOW,
    retry: 'never',
  },
  {
    code: 530004,
    causes: ['conditional-access'],
    sentence: 'the tenant does not accept the compliance of a guest device.',
    remedy: USER_FLOW,
    retry: 'never',
  },
  {
    code: 90033,
    causes: ['network-transient'],
    sentence: "Entra's directory service is temporarily unavailable.",
    remedy: 'Run the job again; if it stays, see https://azure.status.microsoft.',
    retry: 'transient',
  },
  {
    code: 50033,
    causes: ['network-transient'],
    sentence: 'Entra met an internal error that passes.',
    remedy: 'Run the job again.',
    retry: 'transient',
  },
  {
    code: 90006,
    causes: ['network-transient'],
    sentence: 'Entra is temporarily unable to answer.',
    remedy: 'Run the job again.',
    retry: 'transient',
  },
  {
    code: 90012,
    causes: ['network-transient'],
    sentence: "Entra's own request timed out.",
    remedy: 'Run the job again.',
    retry: 'transient',
  },
  {
    code: 90024,
    causes: ['network-transient'],
    sentence: 'Entra ran out of the time that it gives itself for a request.',
    remedy: 'Run the job again.',
    retry: 'transient',
  },
  {
    code: 90090,
    causes: ['network-transient'],
    sentence: 'Entra could not read its directory just now.',
    remedy: 'Run the job again.',
    retry: 'transient',
  },
  {
    code: 90055,
    causes: ['network-transient'],
    sentence: "Entra throttles the tenant '{tenant}': too many requests.",
    remedy: 'Run the job later, or let fewer jobs sign in at the same time.',
    retry: 'transient',
  },
  {
    code: 50196,
    causes: ['network-transient'],
    sentence: "Entra holds the repeated sign-ins of '{client}' to be a loop and pauses them.",
    remedy: 'Let fewer steps and jobs sign in as the same client within a few minutes.',
    retry: 'transient',
    // To go on asking is what it objects to; MSAL.NET blocks equal requests for 60 seconds, the default of `timeout`.
    pauseMs: 30_000,
  },
];
