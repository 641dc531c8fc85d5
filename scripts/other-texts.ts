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
    help: 'The ID token lives five minutes, and this was the first request for another audience. Name it in `tokens`, use `keep-alive: true`, or sign in directly before. From a step of this action it has [another cause](#aadsts700024).',
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
    text: "The subscription of '00000000-0000-0000-0000-000000000000' doesn't exist in cloud 'AzureCloud'.",
    by: '`az account set`',
    cause: 'no-subscription',
    help: 'The identity has no role in that subscription, the id is that of another one, or it belongs to another cloud or tenant.',
  },
  {
    text: 'Insufficient privileges to complete the operation.',
    by: 'Microsoft Graph (`Authorization_RequestDenied`)',
    cause: 'no-role-assignment',
    help: 'Roles of Azure do nothing in Graph: the application needs a permission of Graph of the kind application, granted by an administrator ([recipe](recipes.md#tenants-without-subscriptions)).',
  },
  {
    text: 'This request is not authorized to perform this operation using this permission.',
    by: 'Azure Storage (`AuthorizationPermissionMismatch`)',
    cause: 'no-role-assignment',
    help: 'Owner and Contributor do not include the data: assign a role such as Storage Blob Data Contributor ([recipe](recipes.md#storage)).',
  },
  {
    text: 'InvalidFederatedIdentityCredentialValue: The FederatedIdentityCredential.ClaimsMatchingExpression.Value is invalid.',
    by: 'Microsoft Graph, when a flexible credential is made',
    cause: 'flexible-expression',
    help: 'For GitHub an expression must name `sub` and one of `repository_id` and `repository_owner_id` ([findings](findings.md#expression-not-pinned)).',
  },
  {
    text: 'Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable',
    by: 'actions that use `@actions/core`, such as azure/login',
    cause: 'missing-id-token-permission',
    help: 'As [id-token-permission](#id-token-permission).',
  },
  {
    text: 'Please make sure to give write permissions to id-token in the workflow.',
    by: 'azure/login, also when a request has only failed on its way',
    cause: 'missing-id-token-permission',
    help: 'As [id-token-permission](#id-token-permission). Where the permission is there, run the job again.',
  },
  {
    text: "The workflow is requesting 'id-token: write', but is only allowed 'id-token: none'.",
    by: 'GitHub, before a job starts',
    cause: 'missing-id-token-permission',
    help: 'The caller of a reusable workflow must grant `id-token: write` on the job that calls it.',
  },
  {
    text: "Using auth-type: SERVICE_PRINCIPAL. Not all values are present. Ensure 'client-id' and 'tenant-id' are supplied.",
    by: 'azure/login',
    cause: 'missing-inputs',
    help: 'As [input-invalid](#input-invalid).',
  },
];
