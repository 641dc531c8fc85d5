import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAuthority } from '../../src/emulator/certificates.ts';

/** Azurite's blob service over TLS, taking the tokens of Entra. */
export interface Azurite {
  /** URL of its one account. */
  readonly account: string;
  /** Its authority beside the others of a file, in a file of its own: NODE_EXTRA_CA_CERTS names one only. */
  trustedBeside(others: string): Promise<string>;
  stop(): Promise<void>;
}

const SERVICE = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
// Azurite of the day lags behind the API version that its own SDK sends.
const OPTIONS = ['--oauth', 'basic', '--skipApiVersionCheck', '--disableTelemetry', '--inMemoryPersistence'];
const NOWHERE = 'http://127.0.0.1:9';
const LISTENS = /successfully listens on https:\/\/127\.0\.0\.1:(\d+)/;

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('Azurite has no output');
  for await (const line of createInterface({ input: stdout })) {
    const port = LISTENS.exec(line)?.[1];
    if (port) return port;
  }
  throw new Error('Azurite ended before it listened');
}

/** Starts Azurite on a free port of loopback, data in memory, proxy a port where nobody listens. */
export async function startAzurite(): Promise<Azurite> {
  const directory = await mkdtemp(join(tmpdir(), 'entra-federate-azurite-'));
  const file = (name: string) => join(directory, name);
  const authority = await createAuthority('Azurite in a test');
  const { cert, key } = await authority.leaf('localhost');
  await writeFile(file('cert.pem'), cert);
  await writeFile(file('key.pem'), key, { mode: 0o600 });

  const own = ['--cert', file('cert.pem'), '--key', file('key.pem'), '--blobPort', '0'];
  const child = spawn(process.execPath, [SERVICE, ...OPTIONS, ...own, '--silent'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory, HTTPS_PROXY: NOWHERE, HTTP_PROXY: NOWHERE },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const port = await portOf(child);
  return {
    account: `https://localhost:${port}/devstoreaccount1`,
    async trustedBeside(others) {
      await writeFile(file('trust.pem'), [await readFile(others, 'utf8'), authority.pem, ''].join('\n'));
      return file('trust.pem');
    },
    async stop() {
      child.kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
