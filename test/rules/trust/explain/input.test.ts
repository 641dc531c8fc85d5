import { expect, test } from 'vitest';
import { readExplainInput } from '../../../../src/trust/explain/input.ts';

test.each<[unknown, string]>([
  [[], 'the input must be an object'],
  [{ error: 1 }, 'error must be a string'],
  [{ claims: 'sub' }, 'claims must be an object'],
  [{ presented: 'sub' }, 'presented must be an object'],
  [{ presented: { subject: 1 } }, 'presented.subject must be a string'],
  [{ configured: {} }, 'configured must be a list or null'],
  [{ configured: [{ name: 'a' }, 'b'] }, 'configured[1] must be a federated identity credential'],
  [{ context: [] }, 'context must be an object'],
  [{ context: { fork: 1 } }, 'context.fork must be true or false'],
  [{ context: { environment: 1 } }, 'context.environment must be a string or null'],
  [{ context: { id_token_permission: 'read' } }, 'context.id_token_permission must be "write" or "none"'],
  [{ context: { inputs: { a: 'set', b: 'full' } } }, 'context.inputs must be an object of "set" and "empty"'],
  [{ context: { inputs: ['set'] } }, 'context.inputs must be an object of "set" and "empty"'],
  [{ context: { credential_age_seconds: '1' } }, 'context.credential_age_seconds must be a number'],
  [{ context: { credential_age_seconds: Number.NaN } }, 'context.credential_age_seconds must be a number'],
  [
    { context: { attempts_failed_then_succeeded: 'yes' } },
    'context.attempts_failed_then_succeeded must be true, false or a number',
  ],
  [{ context: { subject_customization: true } }, 'context.subject_customization must be an object'],
  [
    { context: { subject_customization: { use_default: 1 } } },
    'context.subject_customization.use_default must be true or false',
  ],
  [
    { context: { subject_customization: { include_claim_keys: 'repo' } } },
    'context.subject_customization.include_claim_keys must be a list of strings',
  ],
  [
    { context: { subject_customization: { include_claim_keys: ['repo', 1] } } },
    'context.subject_customization.include_claim_keys must be a list of strings',
  ],
])('%j is refused by name', (json, problem) => {
  expect(readExplainInput(json)).toEqual({ ok: false, problem });
});

test('reads what it knows, and leaves the rest out', () => {
  const context = {
    environment: 'prod',
    fork: false,
    inputs: { 'client-id': 'set', 'tenant-id': 'empty' },
    credential_age_seconds: 0,
    attempts_failed_then_succeeded: 2,
    subject_customization: { use_default: false, include_claim_keys: ['repo', 'context'] },
  };
  expect(readExplainInput({ context: { ...context, actor: null, novelty: 1 } })).toEqual({
    ok: true,
    input: { error: null, presented: null, claims: null, configured: null, context },
  });
  expect(
    readExplainInput({ context: { environment: null, subject_customization: { novelty: 1 } } }),
  ).toMatchObject({
    input: { context: { environment: null } },
  });
  expect(
    JSON.stringify(readExplainInput({ context: { subject_customization: { novelty: 1 } } })),
  ).not.toContain('subject_customization');
});
