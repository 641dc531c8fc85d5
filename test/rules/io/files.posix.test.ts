import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { privateDirectory, readJson, removeOwnDirectory, writePrivateFile } from '../../../src/io/files.ts';

const UUID = '00000000-0000-4000-8000-000000000000';
let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'files-test-'));
});
afterEach(() => rmSync(temp, { recursive: true }));

test('writes a file that only this user can read, whatever the umask', () => {
  const before = process.umask(0);
  const file = join(privateDirectory(temp, UUID).path, 'token');
  writePrivateFile(file, 'x');
  process.umask(before);
  expect(readFileSync(file, 'utf8')).toBe('x');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
});

test('does not write into a directory that already stands there', () => {
  const { path } = privateDirectory(temp, UUID);
  mkdirSync(path);
  expect(() => writePrivateFile(join(path, 'token'), 'x')).toThrow(/EEXIST/);
  expect(readdirSync(path)).toEqual([]);
});

test('does not follow a link that stands in the place of its directory', () => {
  const elsewhere = join(temp, 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, privateDirectory(temp, UUID).path);
  expect(() => writePrivateFile(join(privateDirectory(temp, UUID).path, 'token'), 'x')).toThrow(/EEXIST/);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('does not write outside of a directory of its own', () => {
  expect(() => writePrivateFile(join(temp, 'token'), 'x')).toThrow();
});

test('removes a link in the place of its directory, not what it points to', () => {
  const elsewhere = join(temp, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'precious'), 'x');
  const { path } = privateDirectory(temp, UUID);
  symlinkSync(elsewhere, path);
  expect(removeOwnDirectory(path)).toBe(true);
  expect(readdirSync(elsewhere)).toEqual(['precious']);
});

test('knows its own paths', () => {
  const { path, isOurs } = privateDirectory(temp, UUID);
  expect(isOurs(join(path, 'token'))).toBe(true);
  for (const foreign of [
    path,
    join(temp, 'token'),
    join(temp, 'entra-federate-x', 'token'),
    '/etc/passwd',
    'token',
    join(path, '..', 'x'),
  ]) {
    expect(isOurs(foreign), foreign).toBe(false);
  }
});

test('reads JSON, and null where there is none', () => {
  const file = join(temp, 'event.json');
  writeFileSync(file, '{"a":1}');
  expect(readJson(file)).toEqual({ a: 1 });
  writeFileSync(file, '{');
  expect([readJson(file), readJson(undefined), readJson(temp), readJson(join(temp, 'none'))]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
