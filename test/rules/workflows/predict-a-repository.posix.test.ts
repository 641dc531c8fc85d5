import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';
import { read } from '../docs/documents.ts';
import type { Workflow } from './workflows.ts';

const { jobs } = parse(read('.github/workflows/validate-many.yml')) as Workflow;
const step = jobs['repositories']?.steps?.find(({ run }) => run?.includes('validate --json'))?.run ?? '';

/** The words that the step of validate-many.yml hands to the command line for a repository. */
function words(matrix: Readonly<Record<string, string>>): string[] {
  const report = join(temporaryDirectory(), 'report');
  const script = `node() { shift; printf '%s\\0' "$@"; }\n${step}`;
  const given = {
    CLIENT_ID: 'c',
    TENANT_ID: 't',
    CLOUD: 'AzureCloud',
    FAIL_ON: 'high',
    CHECK_ROLES: 'true',
    SUBSCRIPTION_ID: '',
    IDENTITY_RESOURCE_ID: '',
    EVENT: 'push',
    ...matrix,
  };
  const env = {
    PATH: process.env['PATH'],
    COMMAND: 'cli.js',
    REPORT: report,
    REF: 'refs/heads/main',
    ...given,
  };
  expect(spawnSync('bash', ['-eo', 'pipefail', '-c', script], { env }).status).toBe(0);
  return readFileSync(report, 'utf8').split('\0').slice(0, -1);
}

test('the command line takes what is asked of it, with and without an environment', () => {
  const without = words({ REPOSITORY: 'octo-org/octo-repo', ENVIRONMENT: '' });
  const within = words({ REPOSITORY: 'octo-org/octo-repo', ENVIRONMENT: 'production' });
  expect(without).not.toContain('--environment');
  expect(within.slice(-2)).toEqual(['--environment', 'production']);
  for (const one of [without, within]) expect(parseCommandLine(one)).not.toMatchObject({ name: 'usage' });
});

test('what is said of an identity reaches the command line', () => {
  const said = { SUBSCRIPTION_ID: 's', IDENTITY_RESOURCE_ID: '/subscriptions/s', CHECK_ROLES: 'false' };
  const asked = words({ REPOSITORY: 'o/r', ENVIRONMENT: '', ...said });
  expect(parseCommandLine(asked)).toMatchObject({
    inputs: { 'subscription-id': 's', 'identity-resource-id': '/subscriptions/s', 'check-roles': 'false' },
  });
});

test('a name with spaces, quotes and dollars stays one word', () => {
  const name = 'a "b" $(exit 9) `c` * --fail-on=never';
  expect(words({ REPOSITORY: 'o/r', ENVIRONMENT: name }).at(-1)).toBe(name);
});
