import { bicep, hcl, json, shellWord } from './escape.ts';
import { type Fixes, type Target, UNNAMED } from './target.ts';

/** The texts that create or correct an exact credential, of an application, of a managed identity, or of either. */
export function credentialFixes(target: Target): Fixes {
  return {
    az: azCredential(target),
    graph: target.kind === 'managed-identity' ? armCredential(target) : graphCredential(target),
    terraform: terraformCredential(target),
    ...(target.kind === 'application' ? {} : { bicep: bicepCredential(target) }),
  };
}

/** Texts for an application and for a managed identity: one of them where the kind is known, else both with headings. */
function eitherKind({ kind }: Target, comment: string, application: string[], managed: string[]): string[] {
  if (kind === 'application') return application;
  if (kind === 'managed-identity') return managed;
  return [
    `${comment} If it is an app registration:`,
    ...application,
    `${comment} If it is a user-assigned managed identity:`,
    ...managed,
  ];
}

function azCredential(target: Target): string {
  return eitherKind(target, '#', azApplication(target), azManaged(target)).join('\n');
}

function azApplication({ client, name, issuer, subject, audience, replaces }: Target): string[] {
  const az = 'az ad app federated-credential';
  const id = `--id ${shellWord(client)}`;
  const body = json({ name, issuer, subject, audiences: [audience] });
  const verb =
    replaces === null ? `create ${id}` : `update ${id} --federated-credential-id ${shellWord(replaces)}`;
  return [
    ...(replaces === UNNAMED ? [`${az} list ${id} --output table`] : []),
    `${az} ${verb} \\`,
    `  --parameters ${shellWord(body)}`,
  ];
}

function azManaged(target: Target): string[] {
  const { name, issuer, subject, audience, replaces } = target;
  const az = 'az identity federated-credential';
  return [
    ...(replaces === UNNAMED ? [`${az} list \\`, `${azIdentity(target)} --output table`] : []),
    `${az} ${replaces === null ? 'create' : 'update'} \\`,
    `${azIdentity(target)} \\`,
    `  --name ${shellWord(name)} \\`,
    `  --issuer ${shellWord(issuer)} \\`,
    `  --subject ${shellWord(subject)} \\`,
    `  --audiences ${shellWord(audience)}`,
  ];
}

function azIdentity({ identity }: Target): string {
  if (identity === null) return "  --identity-name '<identity>' --resource-group '<resource-group>'";
  const { subscription, group, name } = identity;
  return `  --identity-name ${shellWord(name)} --resource-group ${shellWord(group)} --subscription ${shellWord(subscription)}`;
}

/** Resource Manager: a PUT creates and corrects alike. */
function armCredential({ armHost, identity, name, issuer, subject, audience }: Target): string {
  const id = identity?.id ?? '<resource id of the managed identity>';
  const url = `${armHost}${id}/federatedIdentityCredentials/${name}?api-version=2023-01-31`;
  return request('PUT', url, { properties: { issuer, subject, audiences: [audience] } });
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

/** The name of a credential within a URL; a placeholder stays to be seen. */
export function segment(name: string): string {
  return name === UNNAMED ? name : encodeURIComponent(name.toWellFormed());
}

function graphCredential(target: Target): string {
  const { name, issuer, subject, audience, replaces } = target;
  const url = credentialsUrl(target, 'v1.0');
  const values = { issuer, subject, audiences: [audience] };
  return replaces === null
    ? request('POST', url, { name, ...values })
    : request('PATCH', `${url}/${segment(replaces)}`, values);
}

function terraformCredential(target: Target): string {
  const { name, issuer, subject, audience, replaces } = target;
  const note = replaces === null ? [] : ['# Correct the existing resource so that it reads:'];
  const application = [
    'resource "azuread_application_federated_identity_credential" "github" {',
    '  application_id = azuread_application.github.id',
    `  display_name   = ${hcl(name)}`,
    `  issuer         = ${hcl(issuer)}`,
    `  subject        = ${hcl(subject)}`,
    `  audiences      = [${hcl(audience)}]`,
    '}',
  ];
  const managed = [
    'resource "azurerm_federated_identity_credential" "github" {',
    `  name                      = ${hcl(name)}`,
    '  user_assigned_identity_id = azurerm_user_assigned_identity.github.id',
    `  issuer                    = ${hcl(issuer)}`,
    `  subject                   = ${hcl(subject)}`,
    `  audience                  = [${hcl(audience)}]`,
    '}',
  ];
  return [...note, ...eitherKind(target, '#', application, managed)].join('\n');
}

function bicepCredential({ name, issuer, subject, audience, identity }: Target): string {
  return [
    '// A user-assigned managed identity:',
    "resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {",
    `  name: ${bicep(identity?.name ?? '<identity>')}`,
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
