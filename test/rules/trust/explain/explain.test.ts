import { expect, test } from 'vitest';
import { type Explanation, explain } from '../../../../src/trust/explain/explain.ts';
import { type ExplainInput, readExplainInput } from '../../../../src/trust/explain/input.ts';
import { MEANING } from '../../../../src/trust/explain/wording.ts';
import { processorMs } from '../../../harness/processor.ts';
import { fc } from '../../../harness/property.ts';

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE = 'api://AzureADTokenExchange';

function told(json: unknown): Explanation {
  const read = readExplainInput(json);
  if (!read.ok) throw new Error(read.problem);
  return explain(read.input);
}

function pair(presented: string, configured: string) {
  return {
    presented: { issuer: ISSUER, subject: presented, audience: AUDIENCE },
    configured: [{ name: 'main', issuer: ISSUER, subject: configured, audiences: [AUDIENCE] }],
  };
}

const WORDS = [
  'AADSTS700213',
  'AADSTS70021:',
  "presented assertion subject 'repo:a/b:pull_request'",
  'repo:a@1/b@2:ref:refs/heads/main',
  'environment:x',
  'AuthorizationFailed',
  "'",
  '"',
  '***',
  '\u001b[31m',
  'No subscriptions found',
  ISSUER,
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' ')),
);
const credential = fc.record({
  name: text,
  issuer: fc.oneof(fc.constant(ISSUER), text),
  subject: fc.option(text),
  audiences: fc.array(text, { maxLength: 2 }),
  claimsMatchingExpression: fc.option(fc.record({ value: text, languageVersion: fc.constant(1) })),
});
const context = fc.record(
  {
    event_name: fc.oneof(fc.constantFrom('push', 'pull_request', 'merge_group'), text),
    ref: text,
    environment: fc.option(text),
    actor: text,
    fork: fc.boolean(),
    id_token_permission: fc.constantFrom('write' as const, 'none' as const),
    reusable_workflow: fc.boolean(),
    reusable_workflow_caller_grants_id_token: fc.boolean(),
    inputs: fc.dictionary(text, fc.constantFrom('set' as const, 'empty' as const)),
    client_id_kind: fc.constantFrom('application-id' as const, 'object-id' as const),
    credential_age_seconds: fc.nat(),
    role_assignment_age_seconds: fc.nat(),
    minutes_since_login: fc.nat(),
    subject_customization: fc.record(
      {
        use_default: fc.boolean(),
        include_claim_keys: fc.array(text),
        use_immutable_subject: fc.boolean(),
        sub_claim_prefix: text,
      },
      { requiredKeys: [] },
    ),
    server_url: text,
    cloud: text,
    enterprise_slug: text,
    intermittent: fc.boolean(),
    attempts_failed_then_succeeded: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anyInput: fc.Arbitrary<ExplainInput> = fc.record({
  error: fc.option(text),
  presented: fc.option(fc.record({ issuer: text, subject: text, audience: text }, { requiredKeys: [] })),
  claims: fc.option(fc.dictionary(fc.constantFrom('iss', 'sub', 'aud', 'ref', 'event_name'), fc.anything())),
  configured: fc.option(fc.array(credential, { maxLength: 4 })),
  context,
});

test('explains anything, never throws, and lets no control character through', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const { cause, also, explanation } = explain(input);
      expect(Object.keys(MEANING)).toContain(cause);
      expect(also.map((other) => other.cause)).not.toContain(cause);
      expect(explanation.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 1500 },
  );
});

test('reads any JSON, and says which field is wrong', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const read = readExplainInput(json);
      if (read.ok) explain(read.input);
      else expect(read.problem).toMatch(/ must be /);
    }),
  );
  expect(readExplainInput({ context: { fork: 'yes' } })).toEqual({
    ok: false,
    problem: 'context.fork must be true or false',
  });
  expect(readExplainInput({ configured: [{}, 1] })).toEqual({
    ok: false,
    problem: 'configured[1] must be a federated identity credential',
  });
  expect(readExplainInput({ context: { environment: null, novelty: 1 }, more: 2 })).toMatchObject({
    ok: true,
    input: { context: { environment: null }, configured: null },
  });
});

test('is never certain without evidence', () => {
  const nothing = { error: null, presented: null, claims: null, configured: null, context: {} };
  expect(explain(nothing)).toMatchObject({ cause: 'other', confidence: 'possible', fix: {} });
  expect(explain(nothing).explanation).toContain(
    'Not known, and would make this surer: the text of the error',
  );
  const withoutFacts = fc.record({
    error: fc.string(),
    presented: fc.option(fc.record({ subject: fc.string() })),
  });
  fc.assert(
    fc.property(withoutFacts, (input) => {
      expect(explain({ ...nothing, ...input }).confidence).not.toBe('certain');
    }),
  );
});

test('a difference in case alone is certain, and marked where it is', () => {
  const { cause, confidence, explanation } = told(
    pair('repo:acme/shop:environment:Prod', 'repo:acme/shop:environment:prod'),
  );
  expect([cause, confidence]).toEqual(['subject-case', 'certain']);
  const lines = explanation.split('\n');
  const at = lines.findIndex((line) => /^ +\^$/.test(line));
  expect(lines[at - 1]?.[lines[at]?.indexOf('^') ?? 0]).toBe('P');
  expect(explanation).toContain('first difference at character 28');
});

test('two differences are not certain, and both are named', () => {
  const { cause, confidence, also } = told(
    pair('repo:acme@1/store@2:pull_request', 'repo:acme/shop:pull_request'),
  );
  expect([cause, confidence]).toEqual(['subject-immutable-format', 'likely']);
  expect(also[0]).toEqual({ cause: 'subject-owner-or-repo', confidence: 'likely' });
});

test('shows both forms where the immutable form is the point', () => {
  const { explanation, fix } = told(
    pair('repo:acme/shop:environment:prod', 'repo:acme@12/shop@34:environment:prod'),
  );
  expect(explanation).toContain("'repo:acme/shop:environment:prod'");
  expect(explanation).toContain("'repo:acme@12/shop@34:environment:prod'");
  expect(fix.github).toContain('"use_immutable_subject":true');
});

test('compares with the nearest credential, by name', () => {
  const input = pair('repo:acme/shop:ref:refs/heads/dev', 'repo:acme/other:pull_request');
  const near = {
    name: 'near',
    issuer: ISSUER,
    subject: 'repo:acme/shop:ref:refs/heads/main',
    audiences: [AUDIENCE],
  };
  expect(told({ ...input, configured: [...input.configured, near] }).explanation).toContain(
    "nearest credential, 'near'",
  );
});

test('says that a merge queue can never match an exact credential', () => {
  const { explanation, fix } = told({
    ...pair(
      'repo:acme/shop:ref:refs/heads/gh-readonly-queue/main/pr-7-0123abcd',
      'repo:acme/shop:ref:refs/heads/main',
    ),
    context: { event_name: 'merge_group', ref: 'refs/heads/gh-readonly-queue/main/pr-7-0123abcd' },
  });
  expect(explanation).toContain('No exact credential can ever match it.');
  expect(fix.graph).toContain('gh-readonly-queue/main/pr-*');
});

test('is linear in a long log', () => {
  const log = "AADSTS700213 presented assertion subject 'repo:".repeat(20_000) + ' '.repeat(200_000);
  expect(processorMs(() => told({ error: log }))).toBeLessThan(2_000);
});
