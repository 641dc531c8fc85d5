import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { leaveOut } from '../harness/left-out.ts';
import { type Scene, scenario } from '../harness/scenario.ts';

const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 't', '/mnt']).status === 0;

/** What is done to RUNNER_TEMP before the step. */
const DISKS = {
  'a disk that is full':
    'mount -t tmpfs -o size=16k t "$TEMP"; head -c 1M /dev/zero > "$TEMP/full" 2>/dev/null',
  'a disk that can only be read': 'mount -t tmpfs -o ro t "$TEMP"',
};

// Other shells than bash drop variables with hyphens in their names.
/** A node that has a disk of its own under RUNNER_TEMP, and a file that holds what it left there. */
function nodeOn({ job }: Pick<Scene, 'job'>, prepare: string): { node: string; left: string } {
  const [node, inside, left] = ['node', 'inside', 'left'].map((name) => join(job.root, name)) as [
    string,
    string,
    string,
  ];
  const lines = [
    `TEMP='${job.temp}'`,
    prepare,
    `PATH=/nowhere '${process.execPath}' "$@"; code=$?`,
    `find "$TEMP" -type f ! -name full -exec cat {} + > '${left}'`,
    'exit $code',
  ];
  writeFileSync(inside, `${lines.join('\n')}\n`);
  const script = `#!/bin/bash\nPATH=/usr/bin:/bin:/usr/sbin:/sbin exec unshare -rm bash '${inside}' "$@"\n`;
  writeFileSync(node, script, { mode: 0o755 });
  return { node, left };
}

for (const [what, prepare] of Object.entries(DISKS)) {
  const sentence = `exports nothing on ${what}, says so, and leaves no half of a token there`;
  if (!mayMount) leaveOut(sentence, 'this machine does not let us mount a disk in a namespace');
  else
    scenario(sentence, async (scene) => {
      const { node, left } = nodeOn(scene, prepare);
      const step = await scene.signIn({ inputs: { sessions: 'sdk' }, node });
      expect(step.code).toBe(1);
      expect(step.error()).toMatch(/^export-failed: .*\((ENOSPC|EROFS)\); nothing was exported\.$/m);
      expect([step.outputs, step.variables]).toEqual([{}, {}]);
      expect(readFileSync(left, 'utf8')).toBe('');
      expect(readdirSync(scene.job.temp)).toEqual([]);
      expect((await scene.job.post(step)).code).toBe(0);
    });
}

/** A disk of one page, of which so many bytes are left: an append is written in part, then refused. */
const almostFull = (left: number) =>
  `TEMP="$TEMP-small"; mkdir "$TEMP"; mount -t tmpfs -o size=4k t "$TEMP"; printf "%${4096 - left}s" > "$TEMP/commands"`;

for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV']) {
  const sentence = `takes back what ${name} took in part`;
  if (!mayMount) leaveOut(sentence, 'this machine does not let us mount a disk in a namespace');
  else
    scenario(sentence, async (scene) => {
      const { node, left } = nodeOn(scene, almostFull(96));
      const step = await scene.signIn({
        inputs: { sessions: 'sdk' },
        env: { [name]: `${scene.job.temp}-small/commands` },
        node,
      });
      expect(step.error()).toMatch(/^export-failed: .*\(ENOSPC\); nothing was exported\.$/m);
      expect([step.outputs, step.variables]).toEqual([{}, {}]);
      expect(readFileSync(left, 'utf8')).toBe(' '.repeat(4000));
      expect((await scene.job.post(step)).code).toBe(0);
    });
}

const UNSAVED = 'exports nothing that points to an endpoint whose state cannot be saved';
if (!mayMount) leaveOut(UNSAVED, 'this machine does not let us mount a disk in a namespace');
else
  scenario(UNSAVED, async (scene) => {
    // There is room for the name of the directory, and not for the state of the endpoint.
    const { node } = nodeOn(scene, almostFull(300));
    const step = await scene.signIn({
      inputs: { sessions: 'sdk', 'keep-alive': 'true' },
      env: { GITHUB_STATE: `${scene.job.temp}-small/commands` },
      node,
    });
    expect(step.error()).toMatch(/^export-failed: .*\(ENOSPC\); nothing was exported\.$/m);
    expect([step.outputs, step.variables]).toEqual([{}, {}]);
  });

scenario('fails clearly where the command files cannot take what is written', async ({ job, signIn }) => {
  // Every write to it says that the disk is full.
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV']) {
    const step = await signIn({ inputs: { sessions: 'sdk' }, env: { [name]: '/dev/full' } });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(/^export-failed: .*\(ENOSPC\); nothing was exported\.$/m);
    expect([step.outputs, step.variables]).toEqual([{}, {}]);
    expect((await job.post(step)).code).toBe(0);
  }
  expect(readdirSync(job.temp)).toEqual([]);
});
