import type { Cause } from '../src/trust/cause.ts';

/** What another program prints where the trust, the role or the permission is at fault. */
export interface OtherText {
  readonly text: string;
  readonly by: string;
  /** What `explain` makes of it, which a test asks. */
  readonly cause: Cause;
  readonly help: string;
}

/** Texts of other programs that this action's users search for; read in public issues. */
export const OTHER_TEXTS: readonly OtherText[] = [
  {
    text: 'AADSTS700024: Client assertion is not within its valid time range.',
    by: 'az, an SDK or Terraform, minutes after the sign-in',
    cause: 'assertion-expired',
    help: 'The ID token lives five minutes, and this was the first request for another audience. Name it in `tokens`, or use `keep-alive: true`.',
  },
  {
    text: 'No subscriptions found for 00000000-0000-0000-0000-000000000000.',
    by: '`az login`',
    cause: 'no-subscription',
    help: 'The sign-in worked; the identity has no role in any subscription. Assign one, or leave `subscription-id` empty: az is then signed in to the tenant.',
  },
  {
    text: "The client '00000000-0000-0000-0000-000000000000' with object id '00000000-0000-0000-0000-000000000001' does not have authorization to perform action 'Microsoft.Resources/deployments/write' over scope '/subscriptions/00000000-0000-0000-0000-000000000002' or the scope is invalid.",
    by: 'Resource Manager (`AuthorizationFailed`), so az, SDKs and Terraform',
    cause: 'no-role-assignment',
    help: 'Assign a role that allows the action at that scope. One that was just assigned takes up to ten minutes.',
  },
  {
    text: "The access token is from the wrong issuer 'https://sts.windows.net/00000000-0000-0000-0000-000000000001/'. It must match the tenant 'https://sts.windows.net/00000000-0000-0000-0000-000000000002/' associated with this subscription.",
    by: 'Resource Manager (`InvalidAuthenticationTokenTenant`)',
    cause: 'tenant-wrong',
    help: 'The subscription belongs to the second tenant: `tenant-id` must name it.',
  },
  {
    text: 'Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable',
    by: 'actions that use `@actions/core`, such as azure/login',
    cause: 'missing-id-token-permission',
    help: 'As [id-token-permission](#id-token-permission).',
  },
];
