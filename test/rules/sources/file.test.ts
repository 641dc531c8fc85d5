import { expect, test } from 'vitest';
import type { TokenFile } from '../../../src/io/token-file.ts';
import { fileSource } from '../../../src/sources/file.ts';
import { unsignedToken } from '../../harness/unsigned-token.ts';

const NOW = 1_780_000_000_000;
const CLAIMS = { iss: 'https://k', sub: 'system:serviceaccount:n:s' };

function reading(found: TokenFile) {
  const warnings: string[] = [];
  const masked: string[] = [];
  const source = fileSource('/t', {
    read: () => found,
    mask: (secret) => void masked.push(secret),
    warn: (line) => void warnings.push(line),
    now: () => NOW,
  });
  return { assertion: source.assertion('ignored'), warnings, masked };
}

function holding(secondsLeft: number) {
  return reading({ kind: 'text', text: unsignedToken({ ...CLAIMS, exp: NOW / 1000 + secondsLeft }) });
}

test('the token is masked, and is stale a minute before its end', async () => {
  const { assertion, masked, warnings } = holding(3_600);
  expect(await assertion).toMatchObject({
    claims: CLAIMS,
    from: 'the token in /t',
    staleAt: NOW + 3_540_000,
  });
  expect(masked).toEqual([(await assertion).token]);
  expect(warnings).toEqual([]);
});

test('one that ends within a minute is presented, and that is said', async () => {
  const { assertion, warnings } = holding(30);
  await assertion;
  expect(warnings).toEqual(['The token in /t expires in 30 seconds: whatever renews it is late.']);
});

test('one that has ended is not presented, and when it ended is said', async () => {
  await expect(holding(-1).assertion).rejects.toThrow(
    "token-file-expired: the token in '/t' expired at 2026-05-28T20:26:39Z",
  );
});

test('what is no token is refused without a word of it', async () => {
  await expect(reading({ kind: 'text', text: 'apiVersion: v1' }).assertion).rejects.toThrow(
    "token-file-unusable: the token file '/t' of `identity-source` cannot be used: it holds no JSON Web Token.",
  );
});

test('why a file cannot be read is said', async () => {
  const unusable = { kind: 'unusable', reason: 'it is empty', remedy: 'r' } as const;
  await expect(reading(unusable).assertion).rejects.toThrow('cannot be used: it is empty.');
});
