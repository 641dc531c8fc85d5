import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { temporaryDirectory } from '../harness/temporary-directory.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

test('tells of a sign-in, of a mismatch with its fix, of a trust mended, of a session that outlives its ID token, shows no whole token and leaves nothing behind', async () => {
  const temp = temporaryDirectory();
  const { code, stdout, stderr } = await runProcess(process.execPath, [CLI, 'demo'], {
    PATH: process.env['PATH'],
    TMPDIR: temp,
    TEMP: temp,
  });

  expect([code, stderr]).toEqual([0, '']);
  for (const told of [
    'Signed in as aaaaaaaa-0000-4000-8000-000000000001',
    'eyJ…',
    'ARM_USE_OIDC',
    '✅ Signed in to Microsoft Entra ID',
    'Removed the files of this sign-in.',
    'error: AADSTS700213: no federated credential of',
    'subject presented   repo:octo-org@65432/octo-repo@74321:environment:production',
    'az ad app federated-credential create --id aaaaaaaa-0000-4000-8000-000000000001',
    'Cause: subject-entity-type',
    '✅ Entra trust: pass',
    'octo-rg, octo-network',
    'Bearer',
    'Keep-alive: ',
    'That is all of it.',
  ]) {
    expect(stdout).toContain(told);
  }
  expect(stdout).not.toMatch(/eyJ[A-Za-z0-9_-]/);
  expect(stdout).not.toContain('\u001b');
  expect(readdirSync(temp)).toEqual([]);
});
