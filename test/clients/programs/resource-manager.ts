import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { DefaultAzureCredential } from '@azure/identity';
import { type Outcome, tell, variable } from './outcome.ts';

/** The whole of a paged list. */
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

const subscription = variable('AZURE_SUBSCRIPTION_ID');
const credential = new DefaultAzureCredential();
const authorization = new AuthorizationManagementClient(credential, subscription);
const identities = new ManagedServiceIdentityClient(credential, subscription);
const scope = `/subscriptions/${subscription}`;

const TASKS: Record<string, () => Promise<Outcome>> = {
  async assignments() {
    const filter = `assignedTo('${variable('PRINCIPAL')}')`;
    const found = await all(authorization.roleAssignments.listForSubscription({ filter }));
    return {
      found: found.map(({ scope, roleDefinitionId }) => [scope, roleDefinitionId?.split('/').at(-1)]),
    };
  },
  async definitions() {
    const found = await all(authorization.roleDefinitions.list(scope, { filter: "roleName eq 'Reader'" }));
    const [reader] = found;
    const byId = await authorization.roleDefinitions.getById(reader?.id ?? '');
    return { names: found.map(({ roleName }) => roleName), actions: byId.permissions?.[0]?.actions };
  },
  async credentials() {
    const found = await all(identities.federatedIdentityCredentials.list('octo-rg', variable('IDENTITY')));
    return {
      found: found.map(({ name, issuer, subject, audiences }) => ({ name, issuer, subject, audiences })),
    };
  },
  async identities() {
    const found = await all(identities.userAssignedIdentities.listBySubscription());
    return { found: found.map(({ name, clientId, principalId }) => ({ name, clientId, principalId })) };
  },
};

await tell(async () => TASKS[variable('TASK')]?.() ?? {});
