import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../../trust/finding.ts';
import type { Report } from '../model.ts';
import { bySeverity } from '../severity.ts';
import { notKnown } from './blocks.ts';
import { candidates, compared, differenceText } from './nearest.ts';
import { LEVELS, MISMATCH_RULE, message, rulesOf, SECURITY_SEVERITIES } from './sarif-rules.ts';
import { isBroken } from './verdict.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/entra-federate/entra-federate';

// GitHub refuses a file with more results than this in a run.
const MOST_RESULTS = 25_000;

/** The report as SARIF 2.1.0, in the form that GitHub code scanning accepts. */
export function sarifReport(report: Report, version: string): object {
  const shown = bySeverity(report.findings).slice(0, MOST_RESULTS - 1);
  const rules = rulesOf(shown, isBroken(report) ? report : null);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const driver = { name: 'Entra Federate', informationUri: HOME, semanticVersion: version, rules };
  const invocation = {
    executionSuccessful: true,
    toolExecutionNotifications: notifications(report, report.findings.length - shown.length),
  };
  const run = {
    tool: { driver },
    // One identity's alerts must not close another's.
    automationDetails: { id: `entra-federate/${report.tenantId}/${report.clientId}/` },
    invocations: [invocation],
    results: results(report, shown, indexes),
    columnKind: 'utf16CodeUnits',
  };
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

type Indexes = ReadonlyMap<string, number>;

function results(report: Report, findings: readonly Finding[], indexes: Indexes): object[] {
  const seen = new Map<string, number>();
  const fingerprints = (...parts: readonly string[]) => {
    const hash = fingerprint([report.tenantId, report.clientId, ...parts]);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return { primaryLocationLineHash: `${hash}:${count}` };
  };
  const mismatch = isBroken(report)
    ? [{ ...mismatchResult(report, indexes), partialFingerprints: fingerprints(MISMATCH_RULE) }]
    : [];
  const others = findings.map((finding) => {
    const { code, credential = '', principal = '' } = finding;
    return {
      ...findingResult(finding, indexes),
      partialFingerprints: fingerprints(code, credential, principal),
    };
  });
  return [...mismatch, ...others];
}

// Neither message nor evidence: an alert stays the same when its wording or a number in it changes.
function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function findingResult(finding: Finding, indexes: Indexes): object {
  const { code, severity, credential, principal, evidence } = finding;
  return {
    ruleId: code,
    ruleIndex: indexes.get(code),
    kind: 'fail',
    level: LEVELS[severity],
    message: message([finding.message, evidence === '' ? '' : `Seen: ${evidence}`, finding.remedy]),
    locations: [location(credential ?? principal, credential === undefined ? 'principal' : 'credential')],
    properties: properties(severity),
  };
}

function properties(severity: Severity): object {
  return { 'security-severity': SECURITY_SEVERITIES[severity], severity };
}

function mismatchResult(report: Report, indexes: Indexes): object {
  const { nearest } = candidates(report);
  const differences = compared(report, nearest)
    .filter(({ difference }) => difference !== null)
    .map(
      (row) =>
        `${row.field}: ${differenceText(row)}; presented ${row.presented ?? '(absent)'}, configured ${row.configured ?? '(absent)'}`,
    );
  return {
    ruleId: MISMATCH_RULE,
    ruleIndex: indexes.get(MISMATCH_RULE),
    kind: 'fail',
    level: 'error',
    message: message([report.verdict, report.explanation ?? '', ...differences]),
    locations: [location(nearest?.name, 'credential')],
    properties: { cause: report.cause, confidence: report.confidence },
  };
}

// GitHub wants a place in the repository; a trust has none, so it is where the workflows are.
function location(name: string | undefined, kind: 'credential' | 'principal'): object {
  const place = {
    artifactLocation: { uri: '.github' },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  };
  return name === undefined
    ? { physicalLocation: place }
    : { physicalLocation: place, logicalLocations: [{ name, fullyQualifiedName: `${kind}/${name}`, kind }] };
}

// What is not known is no result: GitHub would show it as an alert, or its absence as a pass.
function notifications(report: Report, left: number): object[] {
  const verdict =
    report.result === 'unknown' ? [{ level: 'warning', message: message([report.verdict]) }] : [];
  const undecided = report.undecided.map(({ code, missing }) => ({
    level: 'warning',
    descriptor: { id: 'not-decided' },
    associatedRule: { id: code },
    message: message([`${code} is ${notKnown(missing)}`]),
  }));
  const unread = [report.identity, report.credentials, report.roles].flatMap((fact) =>
    fact.known
      ? []
      : [{ level: 'warning', descriptor: { id: 'not-read' }, message: message([notKnown(fact.missing)]) }],
  );
  const cut =
    left > 0
      ? [{ level: 'warning', message: message([`${left} more findings are in the JSON report.`]) }]
      : [];
  return [...verdict, ...unread, ...undecided, ...cut];
}
