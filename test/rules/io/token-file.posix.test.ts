import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTokenFile } from '../../../src/io/token-file.ts';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';

function file(content: string, mode = 0o600): string {
  const path = join(temporaryDirectory(), 'token');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

test('a token is read through links, as Kubernetes mounts it, without the line end', () => {
  const link = join(temporaryDirectory(), 'link');
  symlinkSync(file('a.b.c\n', 0o644), link);
  expect(readTokenFile(link, false)).toEqual({ kind: 'text', text: 'a.b.c' });
});

test.each([
  ['an empty file', () => file(' \n'), 'it is empty'],
  ['a directory', temporaryDirectory, 'it is no file'],
  ['nothing', () => join(temporaryDirectory(), 'absent'), 'it does not exist'],
  ['a path through a file', () => join(file('x'), 'below'), 'it does not exist'],
  ['a large file', () => file('x'.repeat(65_537)), 'it is larger than 64 KiB'],
  ['a file that all may write', () => file('a.b.c', 0o666), 'every user of this machine may write to it'],
])('%s is refused', (_, make, reason) => {
  expect(readTokenFile(make(), false)).toMatchObject({ kind: 'unusable', reason });
});

test('on Windows the mode says nothing', () => {
  expect(readTokenFile(file('a.b.c', 0o666), true)).toEqual({ kind: 'text', text: 'a.b.c' });
});
