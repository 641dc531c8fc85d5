import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { jsonReport, SCHEMA_URL } from '../../../../src/validate/report/json.ts';
import { fc } from '../../../harness/property.ts';
import { anyReport } from './any-report.ts';
import { hugeReport } from './huge-report.ts';
import { FAIL, PASS, UNKNOWN } from './reports.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const schema = JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** The report as a reader of the file gets it. */
function read(report: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(report));
}

test.each([
  ['pass', PASS],
  ['fail', FAIL],
  ['unknown', UNKNOWN],
  ['huge', hugeReport('x', 10_000)],
] as const)('the JSON of %s is what the schema says, and tells all of the report', (_, report) => {
  const json = read(jsonReport(report));
  expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  const { $schema, ...rest } = json;
  expect($schema).toBe(SCHEMA_URL);
  expect(rest).toEqual(read(report));
});

test('any report agrees with the schema', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const json = read(jsonReport(report));
      expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
      expect({ ...json, $schema: undefined }).toEqual(read(report));
    }),
  );
});

test('what a report carries besides is not published', () => {
  const report = {
    ...FAIL,
    secret: 1,
    presented: { ...FAIL.presented, secret: 1 },
    findings: FAIL.findings.map((finding) => ({ ...finding, secret: 1 })),
  };
  expect(JSON.stringify(jsonReport(report))).not.toContain('secret');
});

test.each<[string, Record<string, unknown>]>([
  ['another version', { version: 2 }],
  ['another result', { result: 'passed' }],
  ['a cause that is not of the list', { cause: 'subject' }],
  ['a number for a text', { verdict: 1 }],
  ['an unknown member', { extra: true }],
  ['a fact both known and missing', { roles: { known: true, missing: 'x' } }],
  ['an unknown fact without what is missing', { roles: { known: false } }],
  [
    'a finding without remedy',
    { findings: [{ code: 'x', severity: 'high', message: '', evidence: '', source: '' }] },
  ],
  ['a severity that is none', { findings: [{ ...FAIL.findings[0], severity: 'severe' }] }],
  [
    'a negative place',
    { matches: [{ name: '', match: false, mismatches: [{ ...FAIL.matches[0]?.mismatches[0], at: -1 }] }] },
  ],
  ['another tool to mend it with', { fix: { pulumi: '' } }],
  ['a refusal without its codes', { exchange: { outcome: 'refused', text: '', correlationId: '' } }],
])('the schema refuses %s', (_, change) => {
  expect(validate({ ...read(jsonReport(FAIL)), ...change })).toBe(false);
});

test.each(Object.keys(jsonReport(FAIL)).filter((name) => name !== '$schema'))(
  'the schema asks for %s',
  (name) => {
    const { [name]: _, ...rest } = read(jsonReport(FAIL));
    expect(validate(rest)).toBe(false);
  },
);

test('the schema knows the causes of the core, and its own address', () => {
  const causes = readFileSync(join(ROOT, 'src/trust/cause.ts'), 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm);
  expect(schema.$defs.cause.enum).toEqual([...causes].map(([, word]) => word));
  expect(schema.$id).toBe(SCHEMA_URL);
});
