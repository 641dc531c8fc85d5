import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readJsonStream } from '../../../src/io/json-stream.ts';

const bytes = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text, 'latin1')));

test('reads JSON in pieces, without its byte order mark', async () => {
  // The two bytes of ä come in two pieces.
  const stream = bytes('\xEF\xBB\xBF{"a":"\xC3', '\xA4"}');
  expect(await readJsonStream(stream)).toEqual({ ok: true, value: { a: 'ä' } });
});

test.each([
  ['nothing', bytes(), 'is empty'],
  ['no JSON', bytes('{'), 'is not JSON'],
])('says of %s what it is', async (_, stream, problem) => {
  expect(await readJsonStream(stream)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
});

test('says that it cannot be read, and that it is too large', async () => {
  const broken = new Readable({ read: (): never => expect.fail('no read') });
  broken.destroy(new Error('EIO'));
  expect(await readJsonStream(broken)).toMatchObject({ problem: 'standard input cannot be read' });
  const piece = new Uint8Array(64 * 1024 * 1024);
  const large = Readable.from([piece, piece, piece, piece, new Uint8Array(1)]);
  expect(await readJsonStream(large)).toMatchObject({ problem: 'standard input is larger than 256 MiB' });
});
