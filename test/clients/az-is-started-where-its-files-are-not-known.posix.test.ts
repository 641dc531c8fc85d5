import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { SUBSCRIPTION } from '../../src/emulator/seed.ts';
import { leaveOut } from '../harness/left-out.ts';
import { scenario } from '../harness/scenario.ts';
import { temporaryDirectory } from '../harness/temporary-directory.ts';
import { azMachines } from './az-machines.ts';

/** A machine on which az is found, and nothing that tells its version. It notes the arguments of each start. */
function machineWithout(program: string): { path: string; started: () => string[] } {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'bin'));
  const script = `#!/bin/bash\necho "$*" >> ${root}/bin/started\nexec ${program} "$@"\n`;
  writeFileSync(join(root, 'bin', 'az'), script, { mode: 0o755 });
  return {
    path: `${join(root, 'bin')}:/bin`,
    started: () =>
      readFileSync(join(root, 'bin', 'started'), 'utf8')
        .trimEnd()
        .split('\n'),
  };
}

for (const [name, az] of azMachines()) {
  const sentence = `${name}: is signed in by az login, with the token in a file that is gone afterwards`;
  if ('reason' in az) leaveOut(sentence, az.reason);
  else {
    scenario(
      sentence,
      async ({ job, signIn }) => {
        const machine = machineWithout(az.program);
        const environment = {
          PATH: machine.path,
          AZURE_CORE_COLLECT_TELEMETRY: '0',
          PYTHONDONTWRITEBYTECODE: '1',
        };
        job.exported['AZURE_CLOUD_NAME'] = 'AzureChinaCloud';
        const inputs = { sessions: 'az', 'subscription-id': SUBSCRIPTION };
        const step = await signIn({ inputs, env: environment });
        expect(step.code, step.stdout).toBe(0);
        const directory = step.state['directory'] ?? '';
        expect(machine.started()).toEqual([
          expect.stringMatching(/^login --service-principal .* --federated-token @\S+\/az-login-token /),
          `account set --subscription ${SUBSCRIPTION}`,
        ]);
        expect(readdirSync(directory).sort()).toEqual(['az']);
        const { stdout } = await runProcess(
          az.program,
          ['group', 'list', '--query', '[0].name', '-o', 'tsv'],
          {
            ...job.environment(),
            ...environment,
          },
        );
        expect(stdout.trim()).toBe('octo-rg');
      },
      // az looks for a newer version of itself when it is told to sign in.
      { timeoutMs: 120_000, mayRefuse: /^(azure\.microsoft\.com|azcliprod\.blob\.core\.windows\.net):443$/ },
    );
  }
}
