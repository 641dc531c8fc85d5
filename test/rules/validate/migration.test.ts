import { expect, test } from 'vitest';
import type { Credential } from '../../../src/trust/credential.ts';
import { checkMigration } from '../../../src/validate/migration.ts';

const iss = 'https://token.actions.githubusercontent.com';
const aud = 'api://AzureADTokenExchange';
const NAMES = 'repo:o/r:environment:p';
const IDS = 'repo:o@65/r@74:environment:p';
const token = (sub: string) => ({ iss, aud, sub, repository_owner_id: '65', repository_id: '74' });
const trusting = (name: string, subject: string): Credential => ({
  name,
  issuer: iss,
  audiences: [aud],
  subject,
  claimsMatchingExpression: null,
});

test('before the switch, with nothing prepared: add, switch, run, remove; and what would break', () => {
  const report = checkMigration(token(NAMES), [trusting('old', NAMES)]);
  expect(report).toMatchObject({
    emits: 'name-based',
    nameBased: { subject: NAMES, credentials: ['old'] },
    immutable: { subject: IDS, credentials: [] },
    breaks: [expect.stringContaining(IDS)],
  });
  expect(report.steps.map((step) => step.split(' ')[0])).toEqual(['Add', 'Switch', 'Run', 'Remove']);
});

test('before the switch, prepared: nothing breaks', () => {
  const report = checkMigration(token(NAMES), [trusting('old', NAMES), trusting('new', IDS)]);
  expect(report.breaks).toEqual([]);
  expect(report.steps.map((step) => step.split(' ')[0])).toEqual(['Switch', 'Run', 'Remove']);
});

test('after the switch: what is left over is removed, and what is missing is added first', () => {
  expect(checkMigration(token(IDS), [trusting('old', NAMES), trusting('new', IDS)])).toMatchObject({
    emits: 'immutable',
    steps: ["Remove the name-based credential 'old'."],
    breaks: [],
  });
  expect(checkMigration(token(IDS), [trusting('old', NAMES)]).steps[0]).toContain('Add a credential');
  expect(checkMigration(token(IDS), [trusting('new', IDS)]).steps).toEqual([]);
});

test('a customised subject, and none at all, are neither form', () => {
  expect(checkMigration(token('repository_owner_id:65'), []).emits).toBe('custom');
  expect(checkMigration({}, []).emits).toBe('unknown');
});
