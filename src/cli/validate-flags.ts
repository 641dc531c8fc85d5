import { INPUT_TABLE, type InputName } from '../inputs/table.ts';

const LATER_STEPS = 'no later step of a job takes over from it';

/** Inputs of the action that cannot mean anything on the command line, and why. */
const NOT_THERE: Readonly<Partial<Record<InputName, string>>> = {
  mode: 'the command is the mode',
  'github-token': 'it is read from GITHUB_TOKEN or GH_TOKEN, for others see what stands on a command line',
  'identity-source':
    "only GitHub's tokens can be foretold; run `mode: validate` in a workflow, where the source is",
  'wait-for-trust': 'it presents no token, so there is nothing to wait for',
  'mask-ids': 'only the log of a workflow can be masked',
  tokens: LATER_STEPS,
  sessions: LATER_STEPS,
  'keep-alive': LATER_STEPS,
  'keep-alive-resources': LATER_STEPS,
  'export-access-token': LATER_STEPS,
};

/** The inputs of the action that `validate` takes as flags. */
export const INPUT_FLAGS: readonly InputName[] = (Object.keys(INPUT_TABLE) as InputName[]).filter(
  (name) => !Object.hasOwn(NOT_THERE, name),
);

/** Inputs of the action that are known here only to be refused with a reason. */
export const REFUSED_FLAGS: readonly InputName[] = Object.keys(NOT_THERE) as InputName[];

/** Why `validate` takes no such flag with this value; null where nothing is to be said of it. */
export function whyRefused(flag: string, value: unknown): string | null {
  // What happens anyway may be asked for.
  if (flag === 'identity-source' && value === INPUT_TABLE[flag].default) return null;
  return Object.hasOwn(NOT_THERE, flag) ? (NOT_THERE[flag as InputName] ?? null) : null;
}
