import { INPUT_TABLE } from '../inputs/table.ts';
import { type CommandName, OPTIONS } from './options.ts';

/** What the command line is told with --help, and where it cannot be meant. */
export const USAGE = `entra-federate <command>

  match --file F               Compares a token's claims with credentials: {"claims": {…}, "credentials": […]}
  lint --file F [--fail-on S]  How dangerous credentials are: {"credentials": […], "roles": […], …}
  explain --file F | TEXT      From an error, a token, credentials or facts to the cause and its fix
  subject --repository O/R --event E [--ref R] [--environment N] [--owner-id I --repository-id I] [--template K,K]
                               The subject that GitHub will issue, in both forms
  validate --client-id C --tenant-id T --repository O/R --event E [--ref R] [--environment N] …
                               Reads the directory with DefaultAzureCredential, and GitHub with GITHUB_TOKEN or GH_TOKEN;
                               every input of the action's mode validate is a flag, but for what only a job can mean
  demo                         The whole story against the embedded emulator; nothing leaves this machine
  demo --list-groups S | --token-for R
                               Only what a later step of it does, with DefaultAzureCredential
  emulator [--seed F] [--port N]
                               GitHub and Entra on loopback until SIGTERM. Prints one line of JSON:
                               {"env": variables for client processes, "control": URL of the control server}

  help <command>               The options of a command, as <command> --help
  --file -                     the file is read from standard input
  --json                       one JSON document on standard output, and nothing else there
  -h, --help, -v, --version

Exit status: 0 pass, 1 fail, 2 usage or unreadable input, 3 could not decide.`;

const ABOUT: Readonly<Record<CommandName, string>> = {
  match: `match --file F

Compares the claims of a token with credentials, as Entra does. Status 0 where one matches, else 1.
The file: {"claims": {…}, "credentials": […]}, the credentials as az, Graph or Resource Manager prints each.`,
  lint: `lint --file F [--fail-on S]

Says how dangerous credentials are. Status 1 for a finding as severe as --fail-on, or more.
The file: {"credentials": […]}, with "roles": […], "github": {…} and "lastUsed": {…} where they are known; or the
credentials alone, as az or Graph lists them.`,
  explain: `explain --file F | TEXT

Finds the cause of a failure, and its fix. TEXT is the error as Entra, az or a workflow printed it.
The file: at least one of "error", "presented": {issuer, subject, audience}, "claims", "configured": […] and
"context": {…}.`,
  subject: `subject --repository O/R --event E [options]

The subject that GitHub will issue, in both forms. Status 3 where a fact is missing.`,
  validate: `validate --client-id C --tenant-id T --repository O/R --event E [options]

Whether a run would be trusted, and how dangerous the trust is. Reads the directory with DefaultAzureCredential (run
az login), and GitHub with GITHUB_TOKEN or GH_TOKEN. Status 3 where something that matters could not be read.`,
  demo: `demo [--list-groups S | --token-for R]

The whole story against the embedded emulator; nothing leaves this machine.`,
  emulator: `emulator [--seed F] [--port N]

GitHub and Entra on loopback until SIGTERM. Prints one line of JSON: {"env": variables for client processes,
"control": URL of the control server}`,
};

const MEANING: Readonly<Record<string, string>> = {
  file: 'a JSON file; - for standard input',
  json: 'one JSON document on standard output, and nothing else there',
  repository: 'OWNER/REPOSITORY whose run it is',
  event: 'the event that starts the run, such as push',
  ref: 'the full ref of the run, such as refs/heads/main',
  environment: 'the environment that the job names',
  'owner-id': "the id of the repository's owner, for the immutable form",
  'repository-id': 'the id of the repository, for the immutable form',
  template: 'the claim keys of a customised subject, parted by commas',
  'client-id': 'application (client) id of the app or managed identity',
  'tenant-id': 'tenant: its GUID, or a verified domain',
  'subscription-id': 'a subscription to read role assignments of, beside all that are seen',
  cloud: 'the cloud by name, or the https URL of a Resource Manager',
  audience: 'the audience that is asked of GitHub; empty for that of the cloud',
  'allowed-tenants': 'fail for any tenant but these',
  'allowed-clients': 'fail for any client but these',
  'require-claims': 'what the claims must be, one per line: claim=value, claim!=value or claim~glob',
  timeout: 'seconds for all that is read',
  'identity-source': 'github, the only one that can be foretold',
  'identity-resource-id': 'resource id of the user-assigned managed identity',
  'reader-client-id': 'client id of the managed identity to read as, where this machine has one',
  'reader-tenant-id': 'the tenant to sign in to for reading; empty for --tenant-id',
  'expected-credentials': 'a JSON or YAML file of credentials to compare with',
  'check-roles': 'whether role assignments are read and judged',
  probe: 'true: also ask for probes, which stay not known without a token',
  'fail-on': 'fails from this severity on: critical, high, medium, low, info (lint), never',
  'report-file': 'where to write the report as JSON',
  'sarif-file': 'where to write the findings as SARIF',
  'list-groups': 'only list the resource groups of this subscription, with DefaultAzureCredential',
  'token-for': 'only get a token for this resource, with DefaultAzureCredential',
  seed: 'a JSON file of what the emulator is to hold',
  port: 'the port of the control server; 0 for any that is free',
};

/** The help of one command: what it does and each of its options. */
export function helpOf(command: CommandName): string {
  const options = OPTIONS[command].map((option) => {
    const value = Object.hasOwn(INPUT_TABLE, option) ? defaultOf(option as keyof typeof INPUT_TABLE) : '';
    return `  --${option.padEnd(22)} ${MEANING[option]}${value}`;
  });
  return [`entra-federate ${ABOUT[command]}`, '', ...options].join('\n');
}

function defaultOf(input: keyof typeof INPUT_TABLE): string {
  const value = INPUT_TABLE[input].default;
  return value === '' ? '' : ` (default: ${value})`;
}
