import { predictSubject, type RunFacts } from '../trust/subject/predict.ts';
import { unknownEvent } from './events.ts';
import { type Outcome, unusable } from './outcome.ts';

/** The flags that describe a run. */
export interface RunFlags {
  readonly repository?: string | undefined;
  readonly event?: string | undefined;
  readonly ref?: string | undefined;
  readonly environment?: string | undefined;
  readonly 'owner-id'?: string | undefined;
  readonly 'repository-id'?: string | undefined;
  readonly template?: string | undefined;
}

/** The run that flags describe, or what is wrong with them. */
export function runFromFlags(flags: RunFlags): RunFacts | { readonly problem: string } {
  const { repository = '', event = '' } = flags;
  if (!/^[^@/:\s]+\/[^@/:\s]+$/.test(repository))
    return { problem: '--repository OWNER/REPOSITORY is needed' };
  if (!/^[a-z_]+$/.test(event)) return { problem: '--event is needed, such as push or pull_request' };
  if (flags.ref !== undefined && !flags.ref.startsWith('refs/'))
    return { problem: '--ref is a full ref, such as refs/heads/main or refs/tags/v1' };
  for (const name of ['owner-id', 'repository-id'] as const) {
    if (flags[name] !== undefined && !/^\d+$/.test(flags[name]))
      return { problem: `--${name} is not a number` };
  }
  return {
    repository,
    ownerId: flags['owner-id'] ?? null,
    repositoryId: flags['repository-id'] ?? null,
    eventName: event,
    ref: flags.ref ?? null,
    environment: flags.environment || null,
    template: flags.template ? flags.template.split(',').map((key) => key.trim()) : null,
    claims: {},
  };
}

/** `subject`: the subject that GitHub will issue. Status 3 where a fact is missing. */
export function subjectCommand(flags: RunFlags): Outcome {
  const run = runFromFlags(flags);
  if ('problem' in run) return unusable(run.problem);
  const { subject, immutableSubject, why } = predictSubject(run);
  const text = [
    `subject            ${subject ?? 'not known'}`,
    `immutable subject  ${immutableSubject ?? 'not known'}`,
    '',
    ...why,
  ];
  return {
    status: subject === null && immutableSubject === null ? 3 : 0,
    json: { subject, immutableSubject, why: why.join(' ') },
    text: text.join('\n'),
    warnings: unknownEvent(run.eventName),
  };
}
