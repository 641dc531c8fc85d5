import { expect, test } from 'vitest';
import { Failure } from '../../../src/report/failure.ts';
import { inputsOf } from '../../harness/inputs.ts';

const IDS = {
  'client-id': 'aaaaaaaa-0000-4000-8000-000000000001',
  'tenant-id': 'aaaaaaaa-0000-4000-8000-000000000002',
};
const LOGIN = { ...IDS, mode: 'login' };
const DIRECT = { 'identity-source': 'direct-managed-identity' };
const VALIDATE = { ...IDS, mode: 'validate' };

function problemOf(given: Record<string, string>): string | null {
  try {
    inputsOf(given);
    return null;
  } catch (error) {
    return error instanceof Failure ? error.diagnosis.sentence : expect.fail(String(error));
  }
}

const SLIPS: readonly (readonly [Record<string, string>, string, string])[] = [
  ...[LOGIN, DIRECT].flatMap((mode) => [
    [mode, 'fail-on', 'hihg'] as const,
    [mode, 'check-roles', 'yes'] as const,
    [mode, 'probe', '1'] as const,
    [mode, 'reader-client-id', 'me'] as const,
    [mode, 'reader-tenant-id', 'here'] as const,
    [mode, 'github-token', 'two words'] as const,
    [mode, 'identity-resource-id', '/subscriptions'] as const,
  ]),
  [VALIDATE, 'keep-alive', 'yes'],
  [VALIDATE, 'sessions', 'foo'],
  [VALIDATE, 'tokens', 'a b'],
  [VALIDATE, 'export-access-token', 'PATH'],
  [VALIDATE, 'keep-alive-resources', 'nothing'],
];

test.each(SLIPS)(
  'in %j a slip in %s (%s) is an error, although it has no use there',
  (mode, input, value) => {
    expect(problemOf(mode)).toBe(null);
    expect(problemOf({ ...mode, [input]: value })).toMatch(`input \`${input}\` `);
  },
);

test('what has no use in a mode is accepted there', () => {
  expect(problemOf({ ...LOGIN, 'identity-source': 'file:/token', probe: 'true', 'fail-on': 'low' })).toBe(
    null,
  );
  expect(problemOf({ ...VALIDATE, 'keep-alive-resources': 'arm', sessions: 'none' })).toBe(null);
});

test('what contradicts another input is still an error where both have a use', () => {
  expect(problemOf({ ...VALIDATE, 'identity-source': 'file:/token', probe: 'true' })).toMatch('probe');
  expect(problemOf({ ...LOGIN, 'keep-alive-resources': 'arm' })).toMatch('without `keep-alive`');
});
