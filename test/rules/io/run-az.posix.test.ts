import { expect, test } from 'vitest';
import { runAz } from '../../../src/io/run-az.ts';

const az = (script: string) => runAz('/bin/sh', ['-c', script], process.env, 10_000);

test('what az says of an error is read to its end, though that arrives after its own', async () => {
  expect(await az('(sleep 0.05; echo ERROR: late >&2) & echo WARNING: first >&2; exit 3')).toEqual({
    code: 3,
    error: 'WARNING: first\nERROR: late\n',
  });
});

test('a process that az left behind holds nothing up', async () => {
  const started = performance.now();
  expect(await az('sleep 20 & echo ERROR: x >&2; exit 1')).toEqual({ code: 1, error: 'ERROR: x\n' });
  expect(performance.now() - started).toBeLessThan(8_000);
});
