import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type CommandLine =
  | { readonly name: 'usage'; readonly problem: string | null }
  | { readonly name: 'version' }
  | { readonly name: 'emulator'; readonly seed: string | null; readonly port: number }
  | { readonly name: 'demo' };

export const USAGE = `entra-federate <command>

  demo                         The whole story against the embedded emulator; nothing leaves this machine.
  emulator [--seed F] [--port N]
                               GitHub and Entra on loopback until SIGTERM. Prints one line of JSON:
                               {"env": variables for client processes, "control": URL of the control server}.
                               --seed F   JSON file that replaces the default directory and run context
                               --port N   port of the control server (default: any free one)

  --help, --version`;

/** Parses the arguments after the program's name; never throws: what cannot be meant becomes usage with a problem. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    return parse(args);
  } catch (error) {
    return usage(error instanceof Error ? error.message : 'the arguments cannot be read');
  }
}

function parse(args: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
      seed: { type: 'string' },
      port: { type: 'string' },
    },
  });
  const [name, ...more] = positionals;
  if (values.help) return usage(null);
  if (values.version) return { name: 'version' };
  if (name === undefined) return usage('a command is missing');
  if (more.length > 0) return usage(`unexpected argument '${more[0]}'`);
  if (name === 'emulator') return { name, seed: values.seed ?? null, port: portNumber(values.port) };
  if (values.seed !== undefined || values.port !== undefined) return usage(`'${name}' takes no options`);
  return name === 'demo' ? { name } : usage(`unknown command '${name}'`);
}

function portNumber(text = '0'): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`'${text}' is not a port`);
}

function usage(problem: string | null): CommandLine {
  return { name: 'usage', problem };
}
