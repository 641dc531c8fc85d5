import type { Credential } from '../../trust/credential.ts';
import type { ExchangeOutcome, Known, MigrationReport, Report } from '../model.ts';

/** Where the schema of the JSON report is published. */
export const SCHEMA_URL =
  'https://raw.githubusercontent.com/entra-federate/entra-federate/v1/docs/report.schema.json';

/** The report as JSON: exactly what docs/report.schema.json describes, and nothing that the report may carry besides. */
export function jsonReport(report: Report): object {
  const { fix, presented } = report;
  return {
    $schema: SCHEMA_URL,
    version: report.version,
    result: report.result,
    cause: report.cause,
    confidence: report.confidence,
    verdict: report.verdict,
    explanation: report.explanation,
    fix: picked(fix, ['az', 'graph', 'terraform', 'bicep', 'github', 'workflow']),
    tenantId: report.tenantId,
    clientId: report.clientId,
    cloud: report.cloud,
    presented: picked(presented, ['issuer', 'subject', 'audience']),
    presentedFrom: report.presentedFrom,
    why: [...report.why],
    exchange: exchangeJson(report.exchange),
    ...directoryJson(report),
    findings: report.findings.map((finding) =>
      picked(finding, [
        'code',
        'severity',
        'credential',
        'principal',
        'message',
        'evidence',
        'remedy',
        'source',
      ]),
    ),
    undecided: report.undecided.map((rule) => picked(rule, ['code', 'missing'])),
    migration: report.migration === null ? null : migrationJson(report.migration),
    probes: report.probes.map((probe) => picked(probe, ['audience', 'result', 'detail'])),
  };
}

function directoryJson({ identity, credentials, credentialsFrom, matched, matches, roles }: Report): object {
  return {
    identity: knownJson(identity, (value) =>
      picked(value, ['clientId', 'kind', 'displayName', 'principalId', 'enabled', 'objectId']),
    ),
    credentials: knownJson(credentials, (all) => all.map(credentialJson)),
    credentialsFrom,
    matched,
    matches: matches.map(({ name, match, mismatches }) => ({
      name,
      match,
      mismatches: mismatches.map((mismatch) =>
        picked(mismatch, ['field', 'reason', 'presented', 'configured', 'at']),
      ),
    })),
    roles: knownJson(roles, (all) =>
      all.map((role) => picked(role, ['roleName', 'roleDefinitionId', 'scope', 'condition', 'through'])),
    ),
  };
}

function knownJson<T>(fact: Known<T>, valueJson: (value: T) => object): object {
  return fact.known ? { known: true, value: valueJson(fact.value) } : { known: false, missing: fact.missing };
}

function credentialJson({ claimsMatchingExpression: expression, ...credential }: Credential): object {
  return {
    ...picked(credential, ['name', 'issuer', 'audiences', 'subject']),
    claimsMatchingExpression: expression === null ? null : picked(expression, ['value', 'languageVersion']),
  };
}

function exchangeJson(exchange: ExchangeOutcome): object {
  switch (exchange.outcome) {
    case 'accepted':
      return { outcome: 'accepted' };
    case 'refused':
      return picked(exchange, ['outcome', 'codes', 'text', 'correlationId']);
    case 'not-tried':
      return picked(exchange, ['outcome', 'reason']);
  }
}

function migrationJson({ emits, nameBased, immutable, steps, breaks }: MigrationReport): object {
  const form = (of: MigrationReport['immutable']) =>
    of === null ? null : picked(of, ['subject', 'credentials']);
  return {
    emits,
    nameBased: form(nameBased),
    immutable: form(immutable),
    steps: [...steps],
    breaks: [...breaks],
  };
}

// Members that are absent, or undefined, stay absent.
function picked<T extends object>(from: T, names: readonly (keyof T & string)[]): object {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}
