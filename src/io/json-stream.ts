import { type FileContent, LARGEST } from './json-file.ts';

/** Reads JSON of at most 256 MiB from a stream, such as standard input. Never throws. */
export async function readJsonStream(stream: AsyncIterable<Uint8Array>): Promise<FileContent<unknown>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > LARGEST) return { ok: false, problem: 'standard input is larger than 256 MiB' };
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, problem: 'standard input cannot be read' };
  }
  if (size === 0) return { ok: false, problem: 'standard input is empty: JSON is expected there' };
  try {
    const text = Buffer.concat(chunks).toString('utf8');
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return { ok: false, problem: 'standard input is not JSON' };
  }
}
