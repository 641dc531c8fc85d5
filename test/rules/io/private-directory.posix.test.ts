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
import { privateDirectory, removeOwnDirectory } from '../../../src/io/private-directory.ts';

const UUID = '00000000-0000-4000-8000-000000000000';
let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'files-test-'));
});
afterEach(() => rmSync(temp, { recursive: true }));

test('writes a file that only this user can read, whatever the umask', () => {
  const before = process.umask(0);
  const directory = privateDirectory(temp, UUID);
  const file = directory.at('token');
  directory.write(file, 'x');
  process.umask(before);
  expect(readFileSync(file, 'utf8')).toBe('x');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
});

test('does not write into a directory that already stands there', () => {
  const { path, at, write } = privateDirectory(temp, UUID);
  mkdirSync(path);
  expect(() => write(at('token'), 'x')).toThrow(/EEXIST/);
  expect(readdirSync(path)).toEqual([]);
});

test('does not follow a link that stands in the place of its directory', () => {
  const elsewhere = join(temp, 'elsewhere');
  mkdirSync(elsewhere);
  const { path, at, write } = privateDirectory(temp, UUID);
  symlinkSync(elsewhere, path);
  expect(() => write(at('token'), 'x')).toThrow(/EEXIST/);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('does not write outside of a directory of its own', () => {
  const { write } = privateDirectory(temp, UUID);
  expect(() => write(join(temp, 'token'), 'x')).toThrow('not in the directory');
  expect(readdirSync(temp)).toEqual([`entra-federate-${UUID}`]);
});

test('tells where its directory will be before it makes it, once', () => {
  const told: string[] = [];
  const { path, at, write } = privateDirectory(temp, UUID, (where) => {
    expect(readdirSync(temp)).toEqual([]);
    told.push(where);
  });
  write(at('one'), 'x');
  write(at('below', 'two'), 'x');
  expect(told).toEqual([path]);
  expect(statSync(at('below')).mode & 0o777).toBe(0o700);
});

test('a file that stands there already is not written over', () => {
  const { at, write, open } = privateDirectory(temp, UUID);
  write(at('one'), 'x');
  writeFileSync(at('two.tmp'), 'planted');
  expect(() => write(at('two'), 'x')).toThrow(/EEXIST/);
  expect(() => open(at('one'))).toThrow(/EEXIST/);
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
