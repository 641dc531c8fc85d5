import { code, plain } from './escape.ts';
import type { Fact } from './failure.ts';
import { factsTable } from './markdown.ts';

/** What a successful sign-in may tell: no token, not even a part of one. */
export interface SignInReport {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: string;
  /** What was presented; null where the machine's own identity signed in. */
  readonly presented: {
    readonly issuer: string;
    readonly subject: string;
    readonly audience: string;
    readonly from: string;
  } | null;
  /** That identity. */
  readonly machine: {
    readonly resourceId: string | null;
    readonly assigned: 'system' | 'user' | null;
  } | null;
  /** Host and port of the proxy that was gone through; null where there was none. */
  readonly proxy: string | null;
  readonly tokens: readonly { readonly name: string; readonly scope: string; readonly expiresOn: string }[];
}

/** Who signed in where, for which scopes, until when: one line of the log. */
export function signedInLine(report: SignInReport): string {
  const first = report.tokens.map((token) => token.expiresOn).sort()[0] ?? '';
  const names = report.tokens.map((token) => token.name).join(', ');
  const through = report.proxy === null ? '' : ` (through the proxy ${report.proxy})`;
  return plain(
    `Signed in as ${report.clientId}${machineWords(report)} in tenant ${report.tenantId} (${report.cloud}) for ${names} until ${first}${through}`,
  );
}

/** The same as a small table for the job summary. */
export function signedInMarkdown(report: SignInReport): string {
  const identity = factsTable([
    { label: 'Client', value: report.clientId },
    { label: 'Tenant', value: `${report.tenantId} (${report.cloud})` },
    ...proof(report),
  ]);
  const tokens = report.tokens.map(
    ({ name, scope, expiresOn }) => `| ${code(name)} | ${code(scope)} | ${code(expiresOn)} |`,
  );
  return [
    '### ✅ Signed in to Microsoft Entra ID',
    identity,
    ['| Token | Scope | Expires (UTC) |', '| --- | --- | --- |', ...tokens].join('\n'),
  ]
    .join('\n\n')
    .concat('\n\n');
}

function proof({ presented, machine }: SignInReport): Fact[] {
  if (presented)
    return [
      { label: 'Subject', value: presented.subject },
      { label: 'Issuer', value: presented.issuer },
      { label: 'Audience', value: presented.audience },
      { label: 'Assertion from', value: presented.from },
    ];
  return [
    {
      label: 'Managed identity',
      value: `${machine?.assigned ?? 'of unknown kind'}-assigned, of this machine`,
    },
    ...(machine?.resourceId ? [{ label: 'Resource id', value: machine.resourceId }] : []),
  ];
}

// Where none was named, the machine chose: which one it was is said.
function machineWords({ machine }: SignInReport): string {
  if (machine === null) return '';
  return machine.assigned === null
    ? ' (a managed identity of this machine)'
    : ` (the ${machine.assigned}-assigned managed identity ${machine.resourceId})`;
}
