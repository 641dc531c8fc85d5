import { expect, test } from 'vitest';
import { isRemoteOf } from '../../../src/validate/remote.ts';

test.each([
  ['https://github.com/octo-org/octo-repo', true],
  ['https://github.com/octo-org/octo-repo.git', true],
  ['https://github.com/Octo-Org/Octo-Repo/', true],
  ['https://user:secret@github.com/octo-org/octo-repo.git', true],
  ['git@github.com:octo-org/octo-repo.git', true],
  ['github.com:octo-org/octo-repo', true],
  ['ssh://git@github.com/octo-org/octo-repo.git', true],
  ['ssh://git@github.com:22/octo-org/octo-repo.git', true],
  ['https://github.com/octo-org/another', false],
  ['https://github.com/octo-org/octo-repo-2', false],
  ['https://github.com/fork/octo-repo', false],
  ['https://github.com.evil.example/octo-org/octo-repo', false],
  ['git@ghes.example:octo-org/octo-repo.git', false],
  ['https://evil.example/github.com:octo-org/octo-repo', false],
  ['http://github.com/octo-org/octo-repo', false],
  ['/srv/octo-org/octo-repo', false],
  ['../octo-repo', false],
  ['https://', false],
  ['', false],
])('%j is a remote of octo-org/octo-repo: %s', (url, is) => {
  expect(isRemoteOf(url, 'https://github.com', 'octo-org/octo-repo')).toBe(is);
});

test('the server is the one that was named', () => {
  expect(isRemoteOf('git@ghes.example:o/r', 'https://ghes.example', 'o/r')).toBe(true);
  expect(isRemoteOf('git@github.com:o/r', 'https://ghes.example', 'o/r')).toBe(false);
});
