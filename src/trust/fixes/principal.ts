import type { Evidence } from '../explain/evidence.ts';
import { fixSnippets } from '../fix.ts';
import { request } from './credential.ts';
import { bicep, hcl, shellWord } from './escape.ts';
import type { Fixes, Target } from './target.ts';

const NOTHING = { issuer: '', subject: '', audience: '' };

/** The texts that give the application a service principal. */
export function servicePrincipalFixes({ client, graphHost }: Target): Fixes {
  return {
    az: snippet('create-service-principal', client),
    graph: request('POST', `${graphHost}/v1.0/servicePrincipals`, { appId: client }),
    terraform: `resource "azuread_service_principal" "github" {\n  client_id = ${hcl(client)}\n}`,
    bicep: `extension microsoftGraphV1\n\nresource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {\n  appId: ${bicep(client)}\n}`,
  };
}

/** The texts that enable the service principal again. */
export function enableFixes({ client, graphHost }: Target): Fixes {
  return {
    az: snippet('enable-service-principal', client),
    graph: request('PATCH', `${graphHost}/v1.0/servicePrincipals(appId='${client}')`, {
      accountEnabled: true,
    }),
    terraform: `resource "azuread_service_principal" "github" {\n  client_id       = ${hcl(client)}\n  account_enabled = true\n}`,
  };
}

function snippet(fix: 'create-service-principal' | 'enable-service-principal', client: string): string {
  return fixSnippets(fix, client, NOTHING)
    .map(({ text }) => text)
    .join('\n');
}

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** The texts that assign a role at the scope which was refused; which role is for the reader to choose. */
export function roleFixes({ error }: Evidence, { client }: Target, role: 'Reader' | null): Fixes {
  const scope = error.scope ?? '/subscriptions/<subscription-id>';
  const principal = error.objectId ?? '<object id of the service principal>';
  const name = role ?? '<narrowest role that allows it>';
  return {
    az: [
      ...(error.objectId === null ? [`az ad sp show --id ${shellWord(client)} --query id --output tsv`] : []),
      'az role assignment create --assignee-principal-type ServicePrincipal \\',
      `  --assignee-object-id ${shellWord(principal)} \\`,
      `  --role ${shellWord(name)} --scope ${shellWord(scope)}`,
    ].join('\n'),
    terraform: [
      'resource "azurerm_role_assignment" "github" {',
      `  scope                = ${hcl(scope)}`,
      `  role_definition_name = ${hcl(name)}`,
      `  principal_id         = ${hcl(principal)}`,
      '  principal_type       = "ServicePrincipal"',
      '}',
    ].join('\n'),
    bicep: [
      "resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {",
      `  name: guid(resourceGroup().id, ${bicep(principal)}, ${bicep(role === null ? name : READER)})`,
      '  properties: {',
      `    principalId: ${bicep(principal)}`,
      "    principalType: 'ServicePrincipal'",
      `    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ${bicep(role === null ? '<id of the role>' : READER)})`,
      '  }',
      '}',
    ].join('\n'),
  };
}
