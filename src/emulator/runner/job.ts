import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, parseCommandFile, parseCommands, plainLines } from './commands.ts';
import { type Exit, type Interrupt, runProcess } from './process.ts';

/** A step as the runner would see it once it has ended. */
export interface StepResult extends Exit {
  readonly commands: readonly Command[];
  /** Lines of the log that are no commands. */
  readonly log: readonly string[];
  /** The text of the one error annotation; fails where there is not exactly one. */
  readonly error: () => string;
  readonly masks: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** What a step is given beside what the job gives to all. */
export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Over the job's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The payload of the event. */
  readonly event?: unknown;
  readonly interrupt?: Interrupt;
  /** A program to be run in the place of the machine's node. */
  readonly node?: string;
}

/** What a runner has before any job: its node, where the action's bundles lie, its PATH, its way to the network. */
export interface Machine {
  readonly node: string;
  readonly dist: string;
  readonly path: string;
  /** Proxy, certificate authority, and the two variables to ask for ID tokens with. */
  readonly connection: Readonly<Record<string, string>>;
}

const FILES = {
  GITHUB_OUTPUT: 'output',
  GITHUB_ENV: 'env',
  GITHUB_STATE: 'state',
  GITHUB_STEP_SUMMARY: 'summary',
};

/** One job on one runner: directories, environment carried from step to step, real bundles in processes of their own. */
export class Job {
  readonly root = mkdtempSync(join(tmpdir(), 'entra-federate-job-'));
  readonly temp = join(this.root, 'temp');
  readonly home = join(this.root, 'home');
  readonly steps: StepResult[] = [];
  /** What earlier steps exported. */
  readonly exported: Record<string, string> = {};
  readonly #machine: Machine;
  #count = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
    for (const directory of [this.temp, this.home]) mkdirSync(directory);
  }

  /** Runs a bundle as one step, its inputs and files its own. */
  async run(bundle: 'main' | 'post', options: StepOptions = {}): Promise<StepResult> {
    const files = this.#files(options.event);
    const env = { ...this.environment(), ...files.env, ...inputVariables(options.inputs), ...options.env };
    const { node, dist } = this.#machine;
    const exit = await runProcess(options.node ?? node, [join(dist, `${bundle}.js`)], env, options.interrupt);
    const result = stepResult(exit, files.read);
    Object.assign(this.exported, result.variables);
    this.steps.push(result);
    return result;
  }

  /** Runs the post step that belongs to a main step, from its saved state alone. */
  post(main: StepResult, options: StepOptions = {}): Promise<StepResult> {
    const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]);
    return this.run('post', { ...options, env: { ...Object.fromEntries(state), ...options.env } });
  }

  /** The environment that any later step of this job finds. */
  environment(): Record<string, string> {
    return {
      PATH: this.#machine.path,
      HOME: this.home,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_ACTOR: 'octocat',
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: this.temp,
      ...this.#machine.connection,
      ...this.exported,
    };
  }

  /** Ends the processes that the job left behind, as the runner does, and removes its directories. */
  dispose(): void {
    for (const { state } of this.steps) endLeftBehind(state);
    rmSync(this.root, { recursive: true, force: true });
  }

  #files(event: unknown) {
    const directory = join(this.root, `step-${++this.#count}`);
    mkdirSync(directory);
    const eventPath = join(directory, 'event.json');
    writeFileSync(eventPath, JSON.stringify(event ?? {}));
    const paths = Object.entries(FILES).map(([variable, name]) => [variable, join(directory, name)] as const);
    for (const [, path] of paths) writeFileSync(path, '');
    return {
      env: { ...Object.fromEntries(paths), GITHUB_EVENT_PATH: eventPath },
      read: (variable: keyof typeof FILES) => readFileSync(join(directory, FILES[variable]), 'utf8'),
    };
  }
}

// The runner finds them by the job's RUNNER_TRACKING_ID in their environment; here the saved pid tells.
function endLeftBehind({ endpoint }: StepResult['state']): void {
  try {
    if (endpoint) process.kill((JSON.parse(endpoint) as { pid: number }).pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

// The runner's rule: upper case, spaces to underscores, hyphens kept.
function inputVariables(inputs: StepOptions['inputs'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function stepResult(exit: Exit, read: (variable: keyof typeof FILES) => string): StepResult {
  const commands = parseCommands(exit.stdout);
  const messages = (name: string) =>
    commands.filter((command) => command.name === name).map(({ message }) => message);
  return {
    ...exit,
    commands,
    log: plainLines(exit.stdout),
    error: () => {
      const [only, ...more] = messages('error');
      if (only === undefined || more.length > 0)
        throw new Error(`not one error annotation:\n${exit.stdout}${exit.stderr}`);
      return only;
    },
    masks: messages('add-mask'),
    warnings: messages('warning'),
    notices: messages('notice'),
    outputs: parseCommandFile(read('GITHUB_OUTPUT')),
    variables: parseCommandFile(read('GITHUB_ENV')),
    state: parseCommandFile(read('GITHUB_STATE')),
    summary: read('GITHUB_STEP_SUMMARY'),
  };
}
