import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('the post step can run twice, and says what it did', async ({ job, signIn }) => {
  const main = await signIn();
  const post = await job.post(main);
  expect([post.code, post.log]).toEqual([0, ['Removed the files of this sign-in.']]);
  expect(readdirSync(job.temp)).toEqual([]);
  expect((await job.post(main)).code).toBe(0);
});

scenario('the post step leaves alone any path that is not of this action', async ({ job }) => {
  const precious = join(job.temp, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'data'), 'x');
  for (const path of [precious, job.temp, '.', `${precious}/../precious`]) {
    const post = await job.run('post', { env: { STATE_directory: path } });
    expect([post.code, post.log]).toEqual([0, []]);
  }
  expect(existsSync(join(precious, 'data'))).toBe(true);
});

scenario('the post step has nothing to do after a main step that failed', async ({ job, signIn }) => {
  const main = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000002' } });
  expect(main.code).toBe(1);
  const post = await job.post(main);
  expect([post.code, post.stdout]).toEqual([0, '']);
});

scenario('the post step cleans up after a run that was cancelled before it was signed in', async (scene) => {
  const { emulator, job, signIn } = scene;
  emulator.fault({ service: 'entra-token', kind: 'latency', ms: 10_000 });
  const main = await signIn({
    interrupt: { when: (stdout) => stdout.includes('::add-mask::'), signal: 'SIGINT' },
  });
  expect(main.code).not.toBe(0);
  expect(main.outputs).toEqual({});
  expect((await job.post(main)).code).toBe(0);
  expect(readdirSync(job.temp)).toEqual([]);
});

scenario(
  'the post step cleans up after a run that was killed while it handed its tokens on',
  async ({ job, signIn }) => {
    // Nobody reads this pipe: the step stands still in the midst of its export, its file already written.
    const pipe = join(job.root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const written = () =>
      readdirSync(job.temp, { recursive: true }).some((name) => String(name).endsWith('federated-token'));
    const main = await signIn({
      env: { GITHUB_OUTPUT: pipe },
      interrupt: { when: written, signal: 'SIGKILL' },
    });

    expect(main.code).toBeNull();
    expect(main.variables).toEqual({});
    expect(readdirSync(job.temp)).toEqual([basename(main.state['directory'] ?? '')]);
    expect((await job.post(main)).code).toBe(0);
    expect(readdirSync(job.temp)).toEqual([]);
  },
);
