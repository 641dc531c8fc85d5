import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { StepOptions, StepResult } from '../../src/emulator/runner/job.ts';
import { type Scene, scenario } from '../harness/scenario.ts';
import { rendered } from '../harness/summary.ts';

/** Eight characters of this are enough to tell that a token got out. */
const CANARY = 'CanaryThatMustNotBeSeen';

/** Tokens of shapes that nobody expects: each says the canary more than once. */
const SHAPES: Readonly<Record<string, string>> = {
  'no JWT': `${CANARY}-opaque`,
  'line ends': `${CANARY}\nsecond-line-${CANARY}\r\nthird`,
  'per cents': `${CANARY}%0A::warning::${CANARY}%25`,
  'quotation marks': `"${CANARY}'\`${CANARY}`,
  'letters of other scripts': `日本${CANARY}é😀\u2028`,
  'much length': CANARY.repeat(2_000),
  'parts as a JWT has': `eyJhbGciOiJub25lIn0.${CANARY}.${CANARY}x`,
  'commands inside': `::set-output name=x::${CANARY}`,
};

const DEBUG = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true', NODE_DEBUG: undefined };

/** All that a step said to anybody, without what it tells the runner to mask. */
function said({ stdout, stderr, summary, state, variables }: StepResult): string {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [log.join('\n'), stderr, rendered(summary), JSON.stringify([state, variables])].join('\n');
}

function answers(
  emulator: Scene['emulator'],
  service: 'github-id-token' | 'entra-token',
  json: object,
): void {
  const body = JSON.stringify(json);
  emulator.fault({
    service,
    kind: 'status',
    status: 200,
    body,
    contentType: 'application/json',
    times: null,
  });
}

for (const [shape, canary] of Object.entries(SHAPES)) {
  const debugged = (options: StepOptions = {}): StepOptions => ({
    ...options,
    env: { ...DEBUG, ...options.env },
    inputs: { timeout: '3', ...options.inputs },
  });

  scenario(
    `a request token with ${shape} is not seen, in debug mode either`,
    async ({ emulator, signIn }) => {
      const step = await signIn(debugged({ env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: canary } }));
      expect(step.code).toBe(1);
      expect(said(step)).not.toContain(CANARY);
      expect(JSON.stringify(emulator.requests().map(({ path, query }) => [path, query]))).not.toContain(
        CANARY,
      );
    },
  );

  scenario(`an ID token with ${shape} is not seen, in debug mode either`, async ({ emulator, signIn }) => {
    answers(emulator, 'github-id-token', { value: canary });
    const step = await signIn(debugged());
    expect(step.code).toBe(1);
    expect(said(step)).not.toContain(CANARY);
  });

  scenario(`an access token with ${shape} is handed on whole, and seen nowhere else`, async (scene) => {
    answers(scene.emulator, 'entra-token', { access_token: canary, expires_in: 3600, token_type: 'Bearer' });
    const step = await scene.signIn(debugged({ inputs: { tokens: 'arm\ngraph', sessions: 'none' } }));
    expect(step.code, step.stdout).toBe(0);
    expect(step.outputs['access-token']).toBe(canary.replaceAll('\r\n', '\n'));
    expect(said(step)).not.toContain(CANARY);
  });

  scenario(`a token file with ${shape} is not seen, in debug mode either`, async ({ job, signIn }) => {
    const path = join(job.root, 'token-file');
    writeFileSync(path, canary, { mode: 0o600 });
    const step = await signIn(debugged({ inputs: { 'identity-source': `file:${path}` } }));
    expect(step.code).toBe(1);
    expect(said(step)).not.toContain(CANARY);
  });
}

/** What ends a process from within, once it holds the tokens: its own module reads them out of the request token. */
const ENDS: Readonly<Record<string, string>> = {
  'an abort': 'process.abort()',
  'a kill': "process.kill(process.pid, 'SIGKILL')",
  'a lack of memory': 'const all = []; for (;;) all.push(new Array(1e6).fill(secret))',
  'a fault deep in causes':
    'throw new AggregateError([new Error(secret, { cause: { secret } })], secret, { cause: new Error(secret) })',
  'a rejection with an object that prints itself':
    'Promise.reject({ toString: () => secret, [Symbol.for("nodejs.util.inspect.custom")]: () => secret })',
};

for (const [end, code] of Object.entries(ENDS)) {
  scenario(`${end} in the midst of a sign-in shows no token, and leaves nothing`, async (scene) => {
    const { emulator, job, signIn } = scene;
    const planted = join(job.root, 'planted.mjs');
    const secret = 'const secret = process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;';
    writeFileSync(planted, `${secret}\nsetTimeout(() => { ${code} }, 250);\n`);
    emulator.fault({ service: 'entra-token', kind: 'latency', ms: 5_000 });
    const options = `--import=${pathToFileURL(planted)} --max-old-space-size=60`;
    const step = await signIn({ env: { ...DEBUG, NODE_OPTIONS: options } });

    expect(step.code).not.toBe(0);
    const token = emulator.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    for (const part of [token, ...token.split('.').slice(1)]) expect(said(step)).not.toContain(part);
    expect(step.outputs).toEqual({});
    const post = await job.post(step);
    expect(post.code).toBe(0);
    const directory = step.state['directory'];
    expect(directory === undefined || !existsSync(directory)).toBe(true);
  });
}

scenario(
  'no token stands in the arguments or the title of the process',
  async ({ emulator, job, signIn }) => {
    const [planted, heard] = [join(job.root, 'planted.mjs'), join(job.root, 'heard')];
    const code = `import fs from 'node:fs';
    setTimeout(() => fs.writeFileSync(${JSON.stringify(heard)}, JSON.stringify([process.argv, process.execArgv, process.title])), 200);`;
    writeFileSync(planted, code);
    emulator.fault({ service: 'entra-token', kind: 'latency', ms: 800 });
    const step = await signIn({ env: { NODE_OPTIONS: `--import=${pathToFileURL(planted)}` } });
    expect(step.code, step.stdout).toBe(0);
    const text = readFileSync(heard, 'utf8');
    for (const token of emulator.issued()) expect(text).not.toContain(token.split('.').at(-1));
  },
);
