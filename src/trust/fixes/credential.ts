import { bicep, hcl, json, shellWord } from './escape.ts';
import type { Fixes, Target } from './target.ts';

/** The texts that create or correct an exact credential, of an application and of a managed identity. */
export function credentialFixes(target: Target): Fixes {
  return {
    az: azCredential(target),
    graph: graphCredential(target),
    terraform: terraformCredential(target),
    bicep: bicepCredential(target),
  };
}

function azCredential(target: Target): string {
  const { client, name, issuer, subject, audience, replaces } = target;
  const body = json({ name, issuer, subject, audiences: [audience] });
  const verb =
    replaces === null
      ? `create --id ${shellWord(client)}`
      : `update --id ${shellWord(client)} --federated-credential-id ${shellWord(replaces)}`;
  return [
    '# If it is an app registration:',
    `az ad app federated-credential ${verb} \\`,
    `  --parameters ${shellWord(body)}`,
    '# If it is a user-assigned managed identity:',
    `az identity federated-credential ${replaces === null ? 'create' : 'update'} \\`,
    "  --identity-name '<identity>' --resource-group '<resource-group>' \\",
    `  --name ${shellWord(name)} \\`,
    `  --issuer ${shellWord(issuer)} \\`,
    `  --subject ${shellWord(subject)} \\`,
    `  --audiences ${shellWord(audience)}`,
  ].join('\n');
}

/** A Graph request as text: request line, header, empty line, body. */
export function request(method: string, url: string, body?: unknown): string {
  return body === undefined
    ? `${method} ${url}`
    : `${method} ${url}\nContent-Type: application/json\n\n${json(body, 2)}`;
}

/** The address of the application's credentials, by its client id. */
export function credentialsUrl({ graphHost, client }: Target, version: 'v1.0' | 'beta'): string {
  return `${graphHost}/${version}/applications(appId='${client}')/federatedIdentityCredentials`;
}

function graphCredential(target: Target): string {
  const { name, issuer, subject, audience, replaces } = target;
  const url = credentialsUrl(target, 'v1.0');
  const values = { issuer, subject, audiences: [audience] };
  return replaces === null
    ? request('POST', url, { name, ...values })
    : request('PATCH', `${url}/${encodeURIComponent(replaces.toWellFormed())}`, values);
}

function terraformCredential({ name, issuer, subject, audience, replaces }: Target): string {
  const note = replaces === null ? [] : ['# Correct the existing resource so that it reads:'];
  return [
    ...note,
    '# If it is an app registration:',
    'resource "azuread_application_federated_identity_credential" "github" {',
    '  application_id = azuread_application.github.id',
    `  display_name   = ${hcl(name)}`,
    `  issuer         = ${hcl(issuer)}`,
    `  subject        = ${hcl(subject)}`,
    `  audiences      = [${hcl(audience)}]`,
    '}',
    '# If it is a user-assigned managed identity:',
    'resource "azurerm_federated_identity_credential" "github" {',
    `  name                      = ${hcl(name)}`,
    '  user_assigned_identity_id = azurerm_user_assigned_identity.github.id',
    `  issuer                    = ${hcl(issuer)}`,
    `  subject                   = ${hcl(subject)}`,
    `  audience                  = [${hcl(audience)}]`,
    '}',
  ].join('\n');
}

function bicepCredential({ name, issuer, subject, audience }: Target): string {
  return [
    '// A user-assigned managed identity:',
    "resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {",
    "  name: '<identity>'",
    '}',
    "resource github 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = {",
    '  parent: identity',
    `  name: ${bicep(name)}`,
    '  properties: {',
    `    issuer: ${bicep(issuer)}`,
    `    subject: ${bicep(subject)}`,
    `    audiences: [${bicep(audience)}]`,
    '  }',
    '}',
  ].join('\n');
}
