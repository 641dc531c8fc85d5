import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Job, StepResult } from '../../src/emulator/runner/job.ts';
import { rendered } from './summary.ts';

/** A place where a token, or a form of it, stands and must not. */
export interface Leak {
  readonly where: string;
  readonly form: string;
}

/**
 * Searches all that a job left behind for every form of the secrets: whole, payload and signature, and each of these
 * in base64, base64url and hex. Allowed: mask commands, the token outputs, `exported` variables, and files 0600 in
 * directories 0700.
 */
export function findLeaks(job: Job, secrets: readonly string[], exported: readonly string[]): Leak[] {
  const forms = secrets.flatMap(formsOf);
  const places = [
    ...job.steps.flatMap((step) => placesOf(step, exported)),
    ...filesBelow(job.temp),
    ...filesBelow(job.home),
  ];
  return places.flatMap(({ where, text }) =>
    forms.filter(({ value }) => text.includes(value)).map(({ form }) => ({ where, form })),
  );
}

function formsOf(secret: string): { form: string; value: string }[] {
  const segments = secret.split('.');
  const pieces = segments.length === 3 ? [secret, ...segments.slice(1)] : [secret];
  return pieces.flatMap((piece, index) => {
    const kind = ['whole', 'payload', 'signature'][index] ?? '';
    const bytes = Buffer.from(piece);
    const encoded = (['base64', 'base64url', 'hex'] as const).map((encoding) => ({
      form: `${kind} in ${encoding}`,
      // The end of an encoding depends on what follows; all but it must not be found.
      value: bytes.toString(encoding).slice(0, -4),
    }));
    return [{ form: kind, value: piece }, ...encoded];
  });
}

interface Place {
  readonly where: string;
  readonly text: string;
}

const TOKEN_OUTPUTS = ['access-token', 'tokens'];

function placesOf(step: StepResult, exported: readonly string[]): Place[] {
  const log = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const besides = (entries: Readonly<Record<string, string>>, allowed: readonly string[]) =>
    JSON.stringify(Object.entries(entries).filter(([name]) => !allowed.includes(name)));
  return [
    { where: 'standard output', text: log.join('\n') },
    { where: 'standard error', text: step.stderr },
    { where: 'summary', text: rendered(step.summary) },
    { where: 'state', text: JSON.stringify(step.state) },
    { where: 'outputs', text: besides(step.outputs, TOKEN_OUTPUTS) },
    { where: 'environment', text: besides(step.variables, exported) },
  ];
}

function filesBelow(directory: string): Place[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile() && !isPrivate(path))
    .map((path) => ({ where: path, text: readFileSync(path, 'utf8') }));
}

function isPrivate(path: string): boolean {
  const mode = (of: string) => statSync(of).mode & 0o777;
  return process.platform === 'win32' || (mode(path) === 0o600 && mode(dirname(path)) === 0o700);
}
