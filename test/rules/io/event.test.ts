import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readEvent } from '../../../src/io/event.ts';

test('reads the payload of an event, and null where there is none', () => {
  const temp = mkdtempSync(join(tmpdir(), 'event-test-'));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  const file = join(temp, 'event.json');
  writeFileSync(file, '{"a":1}');
  expect(readEvent(file)).toEqual({ a: 1 });
  writeFileSync(file, '{');
  for (const path of [file, undefined, '', temp, join(temp, 'none')]) expect(readEvent(path)).toBe(null);
});
