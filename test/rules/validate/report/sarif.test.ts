import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Report } from '../../../../src/validate/model.ts';
import { sarifReport } from '../../../../src/validate/report/sarif.ts';
import { fc } from '../../../harness/property.ts';
import { anyReport } from './any-report.ts';
import { hugeReport } from './huge-report.ts';
import { FAIL, PASS, UNKNOWN } from './reports.ts';

const PATH = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
// Draft 04 in name; but for these two members it uses nothing that draft 07 reads otherwise.
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(join(import.meta.dirname, '../../../..', PATH), 'utf8'));
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly properties: Record<string, unknown>;
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    readonly logicalLocations?: readonly { readonly name: string }[];
  }[];
}

interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string;
        readonly helpUri?: string;
        readonly help: { readonly text: string };
        readonly properties: Record<string, unknown>;
      }[];
    };
  };
  readonly automationDetails: { readonly id: string };
  readonly results: readonly Result[];
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly {
      readonly message: { readonly text: string };
      readonly associatedRule?: { readonly id: string };
    }[];
  }[];
}

/** The run of a report as a reader of the file gets it; the schema has agreed. */
function runOf(report: Report): Run {
  const log = JSON.parse(JSON.stringify(sarifReport(report, '1.2.3')));
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return log.runs[0];
}

const notificationsOf = (run: Run) => run.invocations[0]?.toolExecutionNotifications ?? [];

test('the schema can refuse', () => {
  expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
});

test('a pass has no results', () => {
  const run = runOf(PASS);
  expect(run.results).toEqual([]);
  expect(notificationsOf(run)).toEqual([]);
});

test('a failure has a result for the trust itself and one for each finding, the worst first', () => {
  const { results, tool } = runOf(FAIL);
  expect(
    results.map(({ ruleId, level, properties }) => [ruleId, level, properties['security-severity']]),
  ).toEqual([
    ['trust-mismatch', 'error', undefined],
    ['pull-request-trusted', 'error', '9.5'],
    ['credential-headroom', 'note', '2.0'],
  ]);
  expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(
    results.map(({ ruleId }) => ruleId),
  );
  expect(results.map(({ locations }) => locations[0]?.logicalLocations?.[0]?.name)).toEqual([
    'production',
    'pull',
    undefined,
  ]);
  expect(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toEqual(
    Array(3).fill('.github'),
  );
});

test('a rule has help from remedy and source, and a link where the source is one', () => {
  const [, pull, headroom] = runOf(FAIL).tool.driver.rules;
  expect(pull?.help.text).toBe(
    'Trust an environment with a protection rule instead.\nSource: binarysecurity.no 2025/09',
  );
  expect(pull?.helpUri).toBe(undefined);
  expect(headroom?.helpUri).toMatch(/^https:\/\/learn\.microsoft\.com\//);
});

test('a trust that holds is no mismatch, though a finding fails the step', () => {
  const report: Report = { ...FAIL, ...PASS, result: 'fail', findings: FAIL.findings };
  expect(runOf(report).results.map(({ ruleId }) => ruleId)).not.toContain('trust-mismatch');
});

test('what is not known is told, and is no result', () => {
  const run = runOf(UNKNOWN);
  expect(run.results).toEqual([]);
  expect(notificationsOf(run).map(({ message }) => message.text)).toEqual([
    'Whether Entra trusts this workflow could not be found out.',
    'not known: Application.Read.All on Microsoft Graph',
    'not known: Application.Read.All on Microsoft Graph',
    'not known: Microsoft.Authorization/roleAssignments/read',
    'environment-unprotected is not known: the protection rules of the environment',
  ]);
  expect(notificationsOf(run).at(-1)?.associatedRule).toEqual({ id: 'environment-unprotected' });
});

test('fingerprints are unlike each other, and stay when words and numbers change', () => {
  const prints = (report: Report) =>
    runOf(report).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  const changed = FAIL.findings.map((finding) => ({ ...finding, message: 'other', evidence: '17' }));
  expect(prints({ ...FAIL, findings: changed, verdict: 'other' })).toEqual(prints(FAIL));
  expect(prints({ ...FAIL, clientId: 'other' })).not.toEqual(prints(FAIL));
  const twice = prints({ ...FAIL, findings: [...FAIL.findings, ...FAIL.findings] });
  expect(new Set(twice).size).toBe(twice.length);
});

test('a rule is as severe as its worst finding', () => {
  const findings = (['low', 'critical', 'medium'] as const).flatMap((severity) =>
    FAIL.findings.slice(0, 1).map((finding) => ({ ...finding, code: 'one', severity })),
  );
  const { rules } = runOf({ ...PASS, findings }).tool.driver;
  expect(rules.map(({ id, properties }) => [id, properties['security-severity']])).toEqual([['one', '9.5']]);
});

test('two identities do not close each other’s alerts', () => {
  expect(runOf(PASS).automationDetails.id).toBe(`entra-federate/${PASS.tenantId}/${PASS.clientId}/`);
});

test('any report is valid, and nothing from outside is a link', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { results } = runOf(report);
      expect(results.filter(({ message }) => message.text.includes(']('))).toEqual([]);
    }),
  );
});

test('more findings than GitHub takes are counted, not sent', () => {
  const run = runOf(hugeReport('a', 25_010));
  expect(run.results).toHaveLength(25_000);
  expect(notificationsOf(run).at(-1)?.message.text).toBe('11 more findings are in the JSON report.');
});
