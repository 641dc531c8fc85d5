import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine, USAGE } from '../cli/command-line.ts';
import { runDemo } from '../emulator/demo/demo.ts';
import { serveEmulator } from '../emulator/serve.ts';
import { readJson } from '../io/files.ts';
import { exitAfterOutput } from './exit.ts';
import { VERSION } from './version.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);
const printError = (text: string) => process.stderr.write(`${text}\n`);

/** Exit status: 0 done, 1 failed, 2 usage or unreadable input. */
async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.name) {
    case 'usage':
      if (command.problem) printError(`${command.problem}\n`);
      (command.problem ? printError : print)(USAGE);
      return command.problem ? 2 : 0;
    case 'version':
      print(VERSION);
      return 0;
    case 'emulator': {
      const seed = command.seed === null ? {} : readJson(command.seed);
      return serveEmulator(seed, command.port, toldToStop(), { print, printError });
    }
    case 'demo': {
      const dist = dirname(fileURLToPath(import.meta.url));
      const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
      return runDemo({ node: process.execPath, dist, path: process.env['PATH'] ?? '' }, colour, print);
    }
  }
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

exitAfterOutput(main());
