import { INPUT_FLAGS } from './validate-flags.ts';

/** The flags that describe a run. */
export const RUN_FLAGS = [
  'repository',
  'event',
  'ref',
  'environment',
  'owner-id',
  'repository-id',
  'template',
] as const;

/** Every command. */
export const COMMANDS = ['match', 'lint', 'explain', 'subject', 'validate', 'demo', 'emulator'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Which options each command takes. */
export const OPTIONS: Readonly<Record<CommandName, readonly string[]>> = {
  match: ['file', 'json'],
  lint: ['file', 'fail-on', 'json'],
  explain: ['file', 'json'],
  subject: [...RUN_FLAGS, 'json'],
  validate: [...RUN_FLAGS, ...INPUT_FLAGS, 'identity-source', 'json'],
  demo: ['list-groups', 'token-for'],
  emulator: ['seed', 'port'],
};

/** The command of this name; null where there is none. */
export function commandNamed(name: string | undefined): CommandName | null {
  return COMMANDS.find((command) => command === name) ?? null;
}
