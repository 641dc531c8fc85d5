import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { temporaryDirectory } from '../harness/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  bin: Record<string, string>;
};

/** As npm lays a package out: its files, `bin` made executable, and a link to it in `.bin`. */
function install(modules: string, name: string, file: string): string {
  const own = join(modules, name);
  mkdirSync(join(own, dirname(file)), { recursive: true });
  mkdirSync(join(modules, '.bin'));
  for (const each of ['package.json', file]) copyFileSync(join(ROOT, each), join(own, each));
  chmodSync(join(own, file), 0o755);
  const link = join(modules, '.bin', name);
  symlinkSync(join('..', name, file), link);
  return link;
}

test.each(Object.entries(PACKAGE.bin))('%s starts by the link that npm makes to it', async (name, file) => {
  const command = install(join(temporaryDirectory(), 'node_modules'), name, file);
  const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
  const { code, stdout, stderr } = await runProcess(command, ['--version'], { PATH: path });
  expect([code, stdout, stderr]).toEqual([0, `${PACKAGE.version}\n`, '']);
});
