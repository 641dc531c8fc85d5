import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTS, read } from './documents.ts';
import { blocksOf } from './markdown.ts';

/** What bash says of a script that it only reads. */
function complaint(script: string): string {
  return spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;
}

const blocks = DOCUMENTS.flatMap((document) =>
  blocksOf(read(document)).map((block) => ({ document, ...block })),
);

test.each(blocks.filter(({ language }) => /^(ba)?sh$/.test(language)))(
  '$document, line $line: a shell can read the commands',
  ({ text }) => {
    expect(complaint(text)).toBe('');
  },
);

test.each(blocks.filter(({ language }) => language === 'json'))(
  '$document, line $line: it is JSON',
  ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  },
);

test.each(blocks.filter(({ language, text }) => language === 'yaml' && text.includes('run:')))(
  '$document, line $line: a shell can read what the steps run',
  ({ text }) => {
    const scripts = scriptsIn(parse(text));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.map(complaint).join('')).toBe('');
  },
);

test('a command that no shell can read is found out', () => {
  expect(complaint('az group list --query "[].name\n')).toContain('unexpected EOF');
});

/** Scripts of bash; PowerShell's are left to PowerShell. */
function scriptsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  if ('run' in data && typeof data.run === 'string')
    return 'shell' in data && data.shell === 'pwsh' ? [':'] : [data.run];
  return Object.values(data).flatMap(scriptsIn);
}
