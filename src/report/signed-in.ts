import { code, plain } from './escape.ts';
import { table } from './markdown.ts';

/** What a successful sign-in may tell: no token, not even a part of one. */
export interface SignInReport {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
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
    `Signed in as ${report.clientId} in tenant ${report.tenantId} (${report.cloud}) for ${names} until ${first}${through}`,
  );
}

/** The same as a small table for the job summary. */
export function signedInMarkdown(report: SignInReport): string {
  const identity = table([
    { label: 'Client', value: report.clientId },
    { label: 'Tenant', value: `${report.tenantId} (${report.cloud})` },
    { label: 'Subject', value: report.subject },
    { label: 'Issuer', value: report.issuer },
    { label: 'Audience', value: report.audience },
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
