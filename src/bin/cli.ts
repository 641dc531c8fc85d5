#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandLine, parseCommandLine } from '../cli/command-line.ts';
import { explainCommand, explainText } from '../cli/explain.ts';
import { helpOf, USAGE } from '../cli/help.ts';
import { lintCommand } from '../cli/lint.ts';
import { matchCommand } from '../cli/match.ts';
import { type Outcome, unusable } from '../cli/outcome.ts';
import { subjectCommand } from '../cli/subject.ts';
import { runDemo } from '../emulator/demo/demo.ts';
import type { Tool } from '../emulator/demo/session.ts';
import { serveEmulator } from '../emulator/serve.ts';
import { findAz } from '../io/az.ts';
import { readJsonFile } from '../io/json-file.ts';
import { readJsonStream } from '../io/json-stream.ts';
import { exitAfterOutput } from './exit.ts';
import { VERSION } from './version.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);
const printError = (text: string) => process.stderr.write(`${text}\n`);
const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];

// Asked of the arguments as they are, since it counts where they cannot be understood, too.
const wantsJson = process.argv.includes('--json');

async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.name) {
    case 'usage':
      if (command.problem !== null) return tell(misused(command.problem), wantsJson);
      print(command.about === undefined ? USAGE : helpOf(command.about));
      return 0;
    case 'version':
      print(VERSION);
      return 0;
    case 'emulator': {
      const seed = command.seed === null ? ({ ok: true, value: {} } as const) : readJsonFile(command.seed);
      return serveEmulator(seed.ok ? seed.value : null, command.port, toldToStop(), { print, printError });
    }
    case 'demo': {
      if (command.asks !== null) {
        const { answerDemo } = await import('./demo-client.ts');
        return answerDemo(command.asks, print);
      }
      const dist = dirname(fileURLToPath(import.meta.url));
      const machine = { node: process.execPath, dist, path: process.env['PATH'] ?? '' };
      return runDemo(machine, toolOfDemo(join(dist, 'cli.js')), colour, print);
    }
    default:
      return tell(await outcomeOf(command), command.json);
  }
}

/** What lists resource groups in the demo: az where it is installed, else an SDK. */
function toolOfDemo(cli: string): Tool {
  const az = findAz({ ...process.env }, process.platform, () => []);
  return az && process.platform !== 'win32'
    ? {
        name: 'az',
        program: az.program,
        listGroups: () => ['group', 'list', '--query', '[].name', '--output', 'tsv'],
        tokenFor: (resource) => [
          ...['account', 'get-access-token', '--resource', resource],
          ...['--query', 'tokenType', '--output', 'tsv'],
        ],
      }
    : {
        name: 'DefaultAzureCredential',
        program: process.execPath,
        listGroups: (subscription) => [cli, 'demo', '--list-groups', subscription],
        tokenFor: (resource) => [cli, 'demo', '--token-for', resource],
      };
}

type Asking = Extract<CommandLine, { json: boolean }>;

async function outcomeOf(command: Asking): Promise<Outcome> {
  switch (command.name) {
    case 'match':
      return withFile(command.file, matchCommand);
    case 'lint':
      return withFile(command.file, (json) => lintCommand(json, command.failOn));
    case 'explain':
      return 'file' in command ? withFile(command.file, explainCommand) : explainText(command.error);
    case 'subject':
      return subjectCommand(command.run);
    case 'validate': {
      const { validateCommand } = await import('./validate-command.ts');
      return validateCommand(command, { ...process.env }, colour, printError);
    }
  }
}

async function withFile(path: string, run: (json: unknown) => Outcome): Promise<Outcome> {
  const file = path === '-' ? await readJsonStream(process.stdin) : readJsonFile(path);
  return file.ok ? run(file.value) : unusable(file.problem);
}

function misused(problem: string): Outcome {
  return { ...unusable(problem), text: `${problem}\n\n${USAGE}` };
}

function tell({ status, json, text, trouble, warnings = [] }: Outcome, asJson: boolean): number {
  for (const warning of warnings) printError(`warning: ${warning}`);
  // In a workflow the runner reads `##[` as a command wherever it stands; JSON can say it otherwise.
  if (asJson) print(JSON.stringify(json).replaceAll('##[', '\\u0023#['));
  else (status === 2 && trouble === undefined ? printError : print)(text);
  if (trouble !== undefined) printError(trouble);
  return status;
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

// Whatever was not foreseen is no verdict: status 2, and no stack, which may name what it should not.
exitAfterOutput(
  main().catch((error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error;
    return tell(unusable(`an error that was not foreseen: ${name}`), wantsJson);
  }),
);
