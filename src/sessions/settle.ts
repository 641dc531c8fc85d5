import type { SessionChoice } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import type { StepEffect } from '../io/step-effect.ts';
import { emptiedText } from './emptied.ts';
import type { Session } from './session.ts';

/**
 * What a session becomes in this job. `auto` leaves a client alone when the job has set one of its variables
 * differently: half of each identity would be neither. A client that was named is set, and what it replaces is said.
 * `mayReplace` tells a value that may go without a word: what an earlier sign-in of this action left, or what signs
 * nobody in.
 */
export function settleSession(
  session: Session,
  { chosen }: SessionChoice,
  env: Environment,
  mayReplace: (name: string, value: string) => boolean,
): StepEffect[] {
  const replaced = Object.entries(session.variables)
    .filter(([name, value]) => env[name] && !sameValue(env[name], value) && !mayReplace(name, env[name]))
    .map(([name]) => name);
  if (replaced.length > 0 && !chosen) return [left(session, replaced)];
  const guarded = session.clears.filter((name) => env[name] && !mayReplace(name, env[name]));
  const emptied = session.clears.filter((name) => env[name] && (chosen || mayReplace(name, env[name])));
  const mistaken = emptiedText(emptied);
  const taken = [...replaced, ...(chosen ? guarded : [])];
  return [
    ...session.files.map((file): StepEffect => ({ kind: 'file', ...file })),
    ...session.links.map((link): StepEffect => ({ kind: 'link', ...link })),
    ...Object.entries(session.variables).map(
      ([name, value]): StepEffect => ({ kind: 'variable', name, value }),
    ),
    ...emptied.map((name): StepEffect => ({ kind: 'variable', name, value: '' })),
    ...(mistaken === null ? [] : [{ kind: 'warning' as const, text: mistaken }]),
    ...(taken.length > 0 ? [takenNotice(session, taken)] : []),
    ...(replaced.length > 0 ? keptBeside(session, env) : []),
    ...session.outrankedBy.filter((name) => env[name]).map((name) => outranked(session, [name])),
    ...(guarded.length > 0 && !chosen ? [outranked(session, guarded)] : []),
  ];
}

// GUIDs, hosts and true are the same in any case, and a host with or without the slash behind it.
function sameValue(a: string, b: string): boolean {
  const normal = (value: string) => value.trim().toLowerCase().replace(/\/$/, '');
  return normal(a) === normal(b);
}

function left({ client }: Session, names: readonly string[]): StepEffect {
  return {
    kind: 'warning',
    text: `The session for ${client} was not set up: this job has set ${names.join(', ')} to something else. To replace that, name ${client} in \`sessions\`.`,
  };
}

function takenNotice({ client }: Session, names: readonly string[]): StepEffect {
  return {
    kind: 'notice',
    text: `The session for ${client} replaces what this job had set in ${names.join(', ')}.`,
  };
}

// Another identity's subscription stays where this sign-in was given none: that is seldom meant.
function keptBeside({ client, variables, optional }: Session, env: Environment): StepEffect[] {
  return optional
    .filter((name) => env[name] && variables[name] === undefined)
    .map((name) => ({
      kind: 'warning',
      text: `${name} stays as this job has set it, and ${client} will use it with the new sign-in: give subscription-id to set it.`,
    }));
}

function outranked({ client }: Session, names: readonly string[]): StepEffect {
  const set = names.length === 1 ? 'is set in this job, and' : 'are set in this job, and';
  const them = names.length === 1 ? 'it' : 'them';
  return {
    kind: 'warning',
    text: `${names.join(', ')} ${set} ${client} prefers ${them} to this sign-in.`,
  };
}
