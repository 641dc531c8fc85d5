import { expect, test } from 'vitest';
import { expectedIssuers, mayIssueIdTokens } from '../../../src/sources/github-host.ts';

test.each([
  ['https://x.actions.githubusercontent.com/a', undefined, true],
  ['https://x.actions.githubusercontent.com/a', 'https://github.com', true],
  ['https://x.actions.githubusercontent.com:443/a', 'https://github.com', true],
  ['https://actions.githubusercontent.com/a', 'https://github.com', false],
  ['https://github.com/a', 'https://github.com', false],
  ['https://x.actions.githubusercontent.com/a', 'https://octo.ghe.com', false],
  ['https://x.actions.octo.ghe.com/a', 'https://octo.ghe.com', true],
  ['https://x.actions.other.ghe.com/a', 'https://octo.ghe.com', false],
  ['https://ghes.example/_services/x', 'https://ghes.example', true],
  ['https://ghes.example:8443/_services/x', 'https://ghes.example:8443', true],
  ['https://ghes.example/_services/x', 'https://ghes.example:8443', false],
  ['https://evilghes.example/x', 'https://ghes.example', false],
  ['https://user:pass@x.actions.githubusercontent.com/a', undefined, false],
  ['http://x.actions.githubusercontent.com/a', undefined, false],
  ['https://x.actions.githubusercontent.com/a', 'nonsense', false],
])('%s for a job on %s: %s', (url, server, expected) => {
  expect(mayIssueIdTokens(new URL(url), server)).toBe(expected);
});

test('names the hosts that were expected', () => {
  expect(expectedIssuers(undefined)).toBe('*.actions.githubusercontent.com');
  expect(expectedIssuers('https://ghes.example')).toBe('ghes.example or *.ghes.example');
});
