import { type Exit, runProcess } from '../../src/emulator/runner/process.ts';
import { leaveOut } from '../harness/left-out.ts';
import { type ScenarioOptions, type Scene, scenario } from '../harness/scenario.ts';
import { azMachines, pathWith } from './az-machines.ts';

/** A job on a machine with az, which later steps run. */
export interface AzScene extends Scene {
  /** How az ended, run as a later step of the job. */
  readonly start: (...args: string[]) => Promise<Exit>;
  /** Runs a command that must succeed, and gives the JSON that it prints. */
  readonly az: (...args: string[]) => Promise<unknown>;
  /** Hosts and statuses of what az asked for, since the sign-in or since the last time. */
  readonly asked: () => string[];
}

/** One sentence, proven for every az of `machines` that is there; others are named, with the listed reason. */
export function azScenario(
  sentence: string,
  body: (scene: AzScene) => Promise<void>,
  options: ScenarioOptions = {},
  machines = azMachines(),
): void {
  for (const [name, az] of machines) {
    const whole = `${name}: ${sentence}`;
    if ('reason' in az) leaveOut(whole, az.reason);
    else
      scenario(whole, (scene) => body(withAz(scene, az.program)), {
        ...options,
        path: pathWith(az.program),
        timeoutMs: 120_000,
      });
  }
}

function withAz(scene: Scene, program: string): AzScene {
  const { emulator, job } = scene;
  let seen = 0;
  const start = (...args: string[]) =>
    runProcess(program, args, {
      AZURE_CORE_COLLECT_TELEMETRY: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      ...job.environment(),
    });
  return {
    ...scene,
    start,
    async signIn(options) {
      const step = await scene.signIn(options);
      seen = emulator.requests().length;
      return step;
    },
    async az(...args) {
      const { code, stdout, stderr } = await start(...args, '--output', 'json');
      if (code !== 0) throw new Error(`az ${args.join(' ')} ended with ${code}:\n${stderr}`);
      return stdout === '' ? null : JSON.parse(stdout);
    },
    asked() {
      const fresh = emulator.requests().slice(seen);
      seen += fresh.length;
      return fresh.map(({ method, host, path, status }) => `${method} ${host}${path} → ${status}`);
    },
  };
}
