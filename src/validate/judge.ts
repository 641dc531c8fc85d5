import { findAadsts } from '../trust/aadsts/catalogue.ts';
import { type Claims, presentedBy } from '../trust/claims.ts';
import type { Credential } from '../trust/credential.ts';
import { type Explanation, explain } from '../trust/explain/explain.ts';
import type { ExplainContext } from '../trust/explain/input.ts';
import type { Finding, Severity } from '../trust/finding.ts';
import { isGitHubs } from '../trust/issuer.ts';
import type { LintReport } from '../trust/lint/lint.ts';
import { matchAll } from '../trust/match.ts';
import type { Presented } from './access.ts';
import { type Agreement, agreementOf, type UnderEnterprise } from './agreement.ts';
import { checkMigration } from './migration.ts';
import type {
  ExchangeOutcome,
  IdentityReport,
  Known,
  ProbeReport,
  Report,
  Result,
  RoleReport,
} from './model.ts';
import { PROBE_ACCEPTED } from './probe.ts';
import { bySeverity, failing } from './severity.ts';

/** All that a validation has gathered. */
export interface Evidence {
  readonly client: { readonly clientId: string; readonly tenantId: string; readonly cloud: string };
  readonly presented: Presented;
  readonly exchange: ExchangeOutcome;
  readonly identity: Known<IdentityReport>;
  /** What was compared: of the directory, or of a file in its place. */
  readonly credentials: Known<readonly Credential[]>;
  /** What the directory holds. */
  readonly directory: Known<readonly Credential[]>;
  readonly credentialsFrom: Report['credentialsFrom'];
  readonly roles: Known<readonly RoleReport[]>;
  readonly checkRoles: boolean;
  readonly lint: LintReport;
  /** Where the directory is not as expected. */
  readonly drift: readonly Finding[];
  readonly probes: readonly ProbeReport[];
  readonly context: ExplainContext;
  readonly failOn: Severity | 'never';
}

/** Turns evidence into the report: does the trust hold, why not, how dangerous is it. Pure. */
export function judge(evidence: Evidence): Report {
  const { presented, credentials, exchange, lint, probes } = evidence;
  const claims: Claims = presented.from === 'nothing' ? {} : presented.claims;
  const configured = credentials.known ? credentials.value : (credentials.partial ?? []);
  const match = matchAll(claims, configured);
  const agreement = agreementIn(evidence);
  const holds = trustHolds(evidence, agreement);
  const under = agreement?.underEnterprise ?? null;
  const explanation = holds === true || nothingToCompare(evidence) ? null : explainAll(evidence, claims);
  const findings = bySeverity([...lint.findings, ...evidence.drift, ...probes.flatMap(acceptedProbe)]);
  const unread = unreadParts({ ...evidence, matched: match.matched });
  const result = resultOf(evidence, holds, findings, unread);
  return {
    version: 1,
    result,
    cause: holds === true ? null : (explanation?.cause ?? null),
    confidence: explanation === null ? null : confidenceIn(explanation, presented, under),
    verdict: verdictOf(evidence, holds, findings, unread),
    explanation: explanation?.explanation ?? null,
    fix: fixOf(explanation, under),
    ...evidence.client,
    presented: presentedBy(claims),
    presentedFrom: presented.from === 'token' ? 'token' : 'prediction',
    why: presented.from === 'prediction' ? presented.why : [],
    exchange,
    identity: evidence.identity,
    credentials,
    credentialsFrom: evidence.credentialsFrom,
    matched: match.matched,
    matches: credentials.known ? match.results : [],
    roles: evidence.roles,
    findings,
    undecided: lint.undecided,
    migration: migrationOf(presented, credentials, under),
    probes,
  };
}

// Claims alone, without a word of Entra or a credential, have no cause: what is missing is all there is to say.
function nothingToCompare({ presented, credentials, exchange }: Evidence): boolean {
  const read = credentials.known || credentials.partial !== undefined;
  return presented.from === 'prediction' && exchange.outcome === 'not-tried' && !read;
}

// Immutable subjects are a matter of GitHub's.
function migrationOf(
  presented: Presented,
  credentials: Known<readonly Credential[]>,
  under: UnderEnterprise | null,
): Report['migration'] {
  if (presented.from === 'nothing' || !credentials.known || !isGitHubs(presented.claims)) return null;
  const claims = under === null ? presented.claims : { ...presented.claims, iss: under.issuer };
  return checkMigration(claims, credentials.value);
}

/** Entra's own word counts most; without it, what the credentials say; null where neither tells. */
function trustHolds({ presented, exchange }: Evidence, agreement: Agreement | null): boolean | null {
  if (exchange.outcome === 'accepted') return true;
  if (exchange.outcome === 'refused') return mayPass(exchange.codes) ? null : false;
  if (presented.from === 'nothing') return presented.final ? false : null;
  return agreement?.holds ?? null;
}

function agreementIn({ presented, credentials }: Evidence): Agreement | null {
  if (presented.from === 'nothing' || !credentials.known) return null;
  return presentedBy(presented.claims).subject === '' ? null : agreementOf(presented, credentials.value);
}

// What would mend the trust for the plain issuer would break it for the enterprise's own.
function fixOf(explanation: Explanation | null, under: UnderEnterprise | null): Report['fix'] {
  return explanation === null || under !== null ? {} : explanation.fix;
}

// What rests on an assumed form of the subject, or of the issuer, is never certain.
function confidenceIn(
  { confidence }: Explanation,
  presented: Presented,
  under: UnderEnterprise | null,
): Explanation['confidence'] {
  if (under !== null) return 'possible';
  const assumed = presented.from === 'prediction' && presented.otherwise !== null;
  return assumed && confidence === 'certain' ? 'likely' : confidence;
}

// Entra being out of order says nothing of the trust.
function mayPass(codes: readonly number[]): boolean {
  return findAadsts(codes)?.retry === 'transient';
}

function explainAll({ presented, exchange, credentials, context }: Evidence, claims: Claims): Explanation {
  const said = exchange.outcome === 'refused' ? exchange.text : null;
  return explain({
    error: presented.from === 'nothing' ? presented.error : said,
    presented: null,
    claims: presented.from === 'nothing' ? null : claims,
    configured: credentials.known ? credentials.value : (credentials.partial ?? null),
    // It is the sign-in that was refused: a new ID token cannot have been presented too late.
    context: said === null ? context : { ...context, minutes_since_login: 0 },
  });
}

function acceptedProbe({ audience, result, detail }: ProbeReport): Finding[] {
  if (result !== 'accepted') return [];
  const { code, severity, remedy, source } = PROBE_ACCEPTED;
  return [
    {
      code,
      severity,
      message: `A token for the audience '${audience}' was accepted.`,
      evidence: detail,
      remedy,
      source,
    },
  ];
}

// A trust that does not match fails whatever is asked for; what matters and was not read is never a pass.
function resultOf(
  evidence: Evidence,
  holds: boolean | null,
  findings: readonly Finding[],
  unread: readonly string[],
): Result {
  if (holds === false || failing(findings, evidence.failOn).length > 0) return 'fail';
  return holds === null || unread.length > 0 ? 'unknown' : 'pass';
}

/** What matters to the verdict and could not be read, in words. */
function unreadParts({
  presented,
  directory,
  exchange,
  matched,
  roles,
  checkRoles,
  probes,
}: Evidence & { matched: string | null }): string[] {
  return [
    ...(presented.from === 'prediction' ? presented.open : []),
    ...(directory.known ? [] : [directory.missing]),
    // Entra decided by a credential that is not among those that were read.
    ...(directory.known && exchange.outcome === 'accepted' && matched === null
      ? ['none of the credentials that were read explains why Entra accepted the token']
      : []),
    ...(roles.known || !checkRoles ? [] : [roles.missing]),
    ...probes.flatMap(({ audience, result, detail }) =>
      result === 'unknown' ? [`the probe with the audience '${audience}' was not decided (${detail})`] : [],
    ),
  ];
}

function verdictOf(
  evidence: Evidence,
  holds: boolean | null,
  findings: readonly Finding[],
  unread: readonly string[],
): string {
  const { clientId } = evidence.client;
  if (holds === false) return `'${clientId}' does not trust this run.`;
  if (holds === null && nothingToCompare(evidence) && !evidence.credentials.known)
    return `${capitalised(evidence.credentials.missing)}: whether '${clientId}' trusts this run is not known.`;
  if (holds === null) return `Whether '${clientId}' trusts this run is not known${doubtOf(evidence)}.`;
  const worst = failing(findings, evidence.failOn).length;
  if (worst > 0)
    return `'${clientId}' trusts this run, and ${worst} finding${worst === 1 ? '' : 's'} must be mended.`;
  if (unread.length > 0)
    return `'${clientId}' trusts this run, but not all that matters could be read: ${unread[0]}.`;
  return `'${clientId}' trusts this run.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function doubtOf(evidence: Evidence): string {
  const under = agreementIn(evidence)?.underEnterprise;
  if (!under) return '';
  return `: the credential '${under.credential}' does if the enterprise's own issuer, '${under.issuer}', is switched on, and only a run can tell that`;
}
