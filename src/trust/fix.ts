import type { Fix } from './aadsts/entry.ts';
import type { Presented } from './claims.ts';
import { providerOf } from './issuer.ts';

/** Text to copy: what it is for, in which language, and the text itself. */
export interface Snippet {
  readonly title: string;
  readonly language: 'bash' | 'yaml';
  readonly text: string;
}

/** The commands that make a change to the directory, for the client and the values that this run presents. */
export function fixSnippets(fix: Fix, client: string, presented: Presented): Snippet[] {
  switch (fix) {
    case 'create-credential':
      return createCredential(client, presented);
    case 'create-service-principal':
      return [bash('Create the service principal', `az ad sp create --id ${quote(client)}`)];
    case 'enable-service-principal':
      return [
        bash(
          'Enable the service principal',
          `az ad sp update --id ${quote(client)} --set accountEnabled=true`,
        ),
      ];
  }
}

/** Lists what Entra holds for the client, to be compared with what was presented. */
export function listCredentials(client: string): Snippet {
  return bash(
    'See the credentials that exist',
    `az ad app federated-credential list --id ${quote(client)} --output table`,
  );
}

// The client id does not tell an application from a managed identity, so both forms are given.
function createCredential(client: string, presented: Presented): Snippet[] {
  const name = credentialName(
    presented.subject,
    providerOf(presented.issuer, presented.subject) === 'github' ? 'github' : 'workload',
  );
  const parameters = JSON.stringify({
    name,
    issuer: presented.issuer,
    subject: presented.subject,
    audiences: [presented.audience],
  });
  return [
    bash(
      'If it is an app registration',
      `az ad app federated-credential create --id ${quote(client)} \\\n  --parameters ${quote(parameters)}`,
    ),
    bash(
      'If it is a user-assigned managed identity',
      [
        `read -r NAME GROUP < <(az identity list --query "[?clientId=='${client}'].[name, resourceGroup]" --output tsv)`,
        `az identity federated-credential create --identity-name "$NAME" --resource-group "$GROUP" \\`,
        `  --name ${quote(name)} \\`,
        `  --issuer ${quote(presented.issuer)} \\`,
        `  --subject ${quote(presented.subject)} \\`,
        `  --audiences ${quote(presented.audience)}`,
      ].join('\n'),
    ),
  ];
}

const LONGEST_NAME = 120;

/**
 * A name for a credential, made from its subject.
 * Graph: 3 to 120 characters, the first alphanumeric, then alphanumeric, hyphen or underscore.
 */
export function credentialName(subject: string, prefix: 'github' | 'workload' = 'github'): string {
  const words = subject
    .replace(/^repo:/, '')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^[-_]+|-+$/g, '');
  return `${prefix}-${words}`.slice(0, LONGEST_NAME).replace(/-+$/, '');
}

/** A POSIX shell word that stands for exactly this text. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function bash(title: string, text: string): Snippet {
  return { title, language: 'bash', text };
}
