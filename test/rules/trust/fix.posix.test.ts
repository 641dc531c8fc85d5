import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { credentialName, quote } from '../../../src/trust/fix.ts';
import { fc } from '../../harness/property.ts';

test('names a credential as Graph allows, whatever the subject', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (subject) =>
      /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(credentialName(subject)),
    ),
  );
  expect(credentialName('repo:octo-org/octo-repo:ref:refs/heads/main')).toBe(
    'github-octo-org-octo-repo-ref-refs-heads-main',
  );
});

test('quotes any text as one word of a POSIX shell', () => {
  const samples = fc
    .sample(fc.string({ unit: 'binary', maxLength: 40 }), 60)
    .map((text) => text.replaceAll('\0', ''));
  const script = samples.map((text) => `printf '%s\\0' ${quote(text)}`).join('\n');
  const { stdout } = spawnSync('sh', { input: script, encoding: 'utf8' });
  expect(stdout.split('\0').slice(0, -1)).toEqual(samples.map((text) => Buffer.from(text).toString()));
});
