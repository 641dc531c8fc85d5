import { expect, test } from 'vitest';
import { parseIdentitySource } from '../../../src/inputs/identity-source.ts';
import { parseTokens } from '../../../src/inputs/tokens.ts';
import { Failure } from '../../../src/report/failure.ts';
import { diagnosisText } from '../../../src/report/text.ts';
import { CLOUDS } from '../../../src/trust/clouds.ts';
import { inputsOf } from '../../harness/inputs.ts';

function told(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return diagnosisText(error.diagnosis);
  }
  return expect.fail('nothing was refused');
}
const tokens = (value: string) => told(() => parseTokens(value, CLOUDS.AzureCloud));

test.each([['arm, graph'], ['arm graph'], ['arm,graph'], ['arm; graph,']])(
  'shows how the tokens %j are written in lines',
  (value) => {
    expect(tokens(value)).toMatch(/^input-invalid: input `tokens` holds more than one request in a line/);
    expect(tokens(value)).toMatch(/\n {2}tokens: \|\n {4}arm\n {4}graph$/);
    expect(tokens(`kusto\n${value}`)).toContain('What is meant:');
  },
);

test('shows names with their aliases, and nothing that may be a token', () => {
  expect(tokens('a=arm, b=graph')).toMatch(/\n {4}a=arm\n {4}b=graph$/);
  const secret = tokens('arm, ghs_secret');
  expect(secret).toMatch(/For example:\n {2}tokens: \|\n {4}arm\n {4}graph$/);
  expect(secret).not.toContain('ghs_');
});

test('says of a managed identity that is not named that a variable may not be set', () => {
  const text = told(() => parseIdentitySource('managed-identity:'));
  expect(text).toContain('nothing follows the colon');
  expect(text).toContain('it is not set for this run');
});

test('tells of both ids in one error, where both are empty', () => {
  const id = '10000000-0000-4000-8000-000000000000';
  expect(told(() => inputsOf({}))).toContain('input `client-id` is empty, and so is `tenant-id`.');
  expect(told(() => inputsOf({ 'client-id': id }))).toContain('input `tenant-id` is empty.');
  expect(told(() => inputsOf({ 'tenant-id': id }))).toContain('input `client-id` is empty.');
});
