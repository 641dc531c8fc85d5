import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Job, type StepResult } from '../../../src/emulator/runner/job.ts';
import { findLeaks } from '../../harness/leaks.ts';

const SECRET = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0xxxxxxxx.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
const clean: StepResult = {
  code: 0,
  stdout: `::add-mask::${SECRET}\nSigned in\n`,
  stderr: '',
  commands: [],
  log: [],
  error: () => '',
  masks: [],
  warnings: [],
  notices: [],
  outputs: { 'access-token': SECRET, tokens: SECRET },
  variables: { ASKED: SECRET },
  state: {},
  summary: '',
};

let job: Job;
beforeEach(() => {
  job = new Job({ node: '', dist: '', path: '', connection: {} });
});
afterEach(() => job.dispose());

const leaks = (step: Partial<StepResult>) => {
  job.steps.splice(0, 1, { ...clean, ...step });
  return findLeaks(job, [SECRET], ['ASKED']).map(({ form }) => form);
};

test('finds nothing where tokens may stand', () => {
  expect(leaks({})).toEqual([]);
});

test.each([
  ['whole', SECRET],
  ['payload', SECRET.split('.')[1]],
  ['signature', SECRET.split('.')[2]],
  ['whole in base64', Buffer.from(SECRET).toString('base64')],
  ['whole in hex', Buffer.from(SECRET).toString('hex')],
  ['signature in base64url', Buffer.from(SECRET.split('.')[2] ?? '').toString('base64url')],
])('finds a token in a log: %s', (form, text = '') => {
  expect(leaks({ stdout: `error: ${text}\n` })).toContain(form);
  expect(leaks({ stderr: text })).toContain(form);
  expect(leaks({ summary: text })).toContain(form);
});

test('finds a token in other outputs, variables and states', () => {
  expect(leaks({ outputs: { subject: SECRET } })).toContain('whole');
  expect(leaks({ variables: { OTHER: SECRET } })).toContain('whole');
  expect(leaks({ state: { directory: SECRET } })).toContain('whole');
});

test('finds a token in a file that others can read, or whose directory they can', () => {
  const directory = join(job.temp, 'd');
  mkdirSync(directory, { mode: 0o700 });
  const file = join(directory, 'token');
  writeFileSync(file, SECRET, { mode: 0o600 });
  expect(leaks({})).toEqual([]);
  chmodSync(directory, 0o755);
  expect(leaks({})).toContain('whole');
  chmodSync(directory, 0o700);
  chmodSync(file, 0o644);
  expect(leaks({})).toContain('whole');
});
