import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { originIn, readOrigin } from '../../../src/io/git-origin.ts';
import { temporaryDirectory } from '../../harness/temporary-directory.ts';

const CONFIG = `[core]
	bare = false
[remote "upstream"]
	url = https://github.com/up/stream
[remote "origin"]
	fetch = +refs/heads/*:refs/remotes/origin/*
	url = git@github.com:o/r.git
	url = https://mirror.example/o/r
	pushurl = git@github.com:other/r.git
[branch "main"]
	remote = origin
	url = none
`;

test('reads the URL of origin, and no other', () => {
  expect(originIn(CONFIG)).toBe('git@github.com:o/r.git');
  expect(originIn(CONFIG.replaceAll('\n', '\r\n'))).toBe('git@github.com:o/r.git');
  expect(originIn(CONFIG.replace('"origin"', '"mine"'))).toBe(null);
  expect(originIn('')).toBe(null);
});

test('what is no checkout, or a worktree of one, has none that is known', () => {
  const directory = temporaryDirectory();
  expect(readOrigin(directory)).toBe(null);
  const worktree = join(directory, 'worktree');
  mkdirSync(worktree);
  writeFileSync(join(worktree, '.git'), 'gitdir: /elsewhere\n');
  expect(readOrigin(worktree)).toBe(null);
  mkdirSync(join(directory, '.git'));
  writeFileSync(join(directory, '.git', 'config'), CONFIG);
  expect(readOrigin(directory)).toBe('git@github.com:o/r.git');
});
