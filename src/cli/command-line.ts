import { parseArgs } from 'node:util';
import type { InputName } from '../inputs/table.ts';
import { SEVERITIES, type Severity } from '../trust/finding.ts';
import { type CommandName, commandNamed, OPTIONS, RUN_FLAGS } from './options.ts';
import type { RunFlags } from './subject.ts';
import { INPUT_FLAGS, REFUSED_FLAGS, whyRefused } from './validate-flags.ts';

/** What a later step of the demo asks an Azure SDK for. */
export type DemoQuestion =
  | { readonly kind: 'groups'; readonly subscription: string }
  | { readonly kind: 'token'; readonly resource: string };

/** What the command line asks for. */
export type CommandLine =
  /** `about`: the command whose help is asked for. */
  | { readonly name: 'usage'; readonly problem: string | null; readonly about?: CommandName }
  | { readonly name: 'version' }
  | { readonly name: 'emulator'; readonly seed: string | null; readonly port: number }
  /** `asks`: only what a later step of the demo does. */
  | { readonly name: 'demo'; readonly asks: DemoQuestion | null }
  | { readonly name: 'match'; readonly json: boolean; readonly file: string }
  | {
      readonly name: 'lint';
      readonly json: boolean;
      readonly file: string;
      readonly failOn: Severity | 'never';
    }
  | { readonly name: 'explain'; readonly json: boolean; readonly file: string }
  | { readonly name: 'explain'; readonly json: boolean; readonly error: string }
  | { readonly name: 'subject'; readonly json: boolean; readonly run: RunFlags }
  | {
      readonly name: 'validate';
      readonly json: boolean;
      readonly run: RunFlags;
      readonly inputs: Readonly<Partial<Record<InputName, string>>>;
    };

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Parses the arguments after the program's name; never throws: what cannot be meant becomes usage with a problem. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    return parse(args);
  } catch (error) {
    return usage(error instanceof Error ? error.message : 'the arguments cannot be read');
  }
}

function parse(args: readonly string[]): CommandLine {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const names = [
    'file',
    'seed',
    'port',
    'list-groups',
    'token-for',
    ...RUN_FLAGS,
    ...INPUT_FLAGS,
    ...REFUSED_FLAGS,
  ];
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { ...flag, short: 'h' },
      version: { ...flag, short: 'v' },
      json: flag,
      ...Object.fromEntries(names.map((name) => [name, text])),
    },
  });
  if (values['help']) return help(positionals);
  const [word, ...more] = positionals;
  if (values['version'] || word === 'version') return { name: 'version' };
  if (word === 'help') return help(more);
  if (word === undefined) return usage('a command is missing');
  const name = commandNamed(word);
  if (name === null) return usage(`unknown command '${word}'`);
  const refused = name === 'validate' ? refusal(values) : null;
  if (refused !== null) return usage(refused);
  const alien = Object.keys(values).find((option) => !OPTIONS[name].includes(option));
  if (alien !== undefined) return usage(`'${name}' takes no option --${alien}`);
  if (more.length > (name === 'explain' ? 1 : 0)) return usage(`unexpected argument '${more.at(-1)}'`);
  return command(name, values, more[0]);
}

/** What is said of an input of the action that `validate` cannot honour: ignoring it would make a wrong verdict. */
function refusal(values: Values): string | null {
  for (const [flag, value] of Object.entries(values)) {
    const why = whyRefused(flag, value);
    if (why !== null) return `'validate' takes no --${flag} here: ${why}`;
  }
  return null;
}

function command(name: CommandName, values: Values, argument: string | undefined): CommandLine {
  const json = values['json'] === true;
  switch (name) {
    case 'match':
      return { name, json, file: needed(values, 'file') };
    case 'lint':
      return { name, json, file: needed(values, 'file'), failOn: severity(values) };
    case 'explain':
      if ((argument === undefined) === (values['file'] === undefined))
        return usage('explain takes --file F or one text');
      return argument === undefined
        ? { name, json, file: needed(values, 'file') }
        : { name, json, error: argument };
    case 'subject':
      return { name, json, run: texts(values, RUN_FLAGS) };
    case 'validate':
      return { name, json, run: texts(values, RUN_FLAGS), inputs: texts(values, INPUT_FLAGS) };
    case 'emulator':
      return {
        name,
        seed: typeof values['seed'] === 'string' ? values['seed'] : null,
        port: portNumber(values['port']),
      };
    default:
      return { name: 'demo', asks: demoQuestion(values) };
  }
}

function demoQuestion(values: Values): DemoQuestion | null {
  const { 'list-groups': subscription, 'token-for': resource } = values;
  if (typeof subscription === 'string') return { kind: 'groups', subscription };
  return typeof resource === 'string' ? { kind: 'token', resource } : null;
}

function needed(values: Values, option: string): string {
  const value = values[option];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`--${option} is needed`);
}

function severity(values: Values): Severity | 'never' {
  const value = values['fail-on'] ?? 'high';
  const found = [...SEVERITIES, 'never' as const].find((known) => known === value);
  if (found) return found;
  throw new Error(`--fail-on is one of ${SEVERITIES.join(', ')}, never`);
}

function texts<Name extends string>(values: Values, names: readonly Name[]): Partial<Record<Name, string>> {
  const given = names.flatMap((name) =>
    typeof values[name] === 'string' ? [[name, values[name]] as const] : [],
  );
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}

function portNumber(value: string | boolean | undefined = '0'): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`'${value}' is not a port`);
}

// What else is wrong does not count where help is asked for, but for a command that there is not.
function help([word]: readonly string[]): CommandLine {
  const about = commandNamed(word);
  if (about !== null) return { name: 'usage', problem: null, about };
  return usage(word === undefined || word === 'help' ? null : `unknown command '${word}'`);
}

function usage(problem: string | null): CommandLine {
  return { name: 'usage', problem };
}
