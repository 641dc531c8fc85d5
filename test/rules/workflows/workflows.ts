import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, read } from '../docs/documents.ts';

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflows of this repository, by their paths from the root. */
export const WORKFLOWS: readonly string[] = readdirSync(join(ROOT, '.github/workflows')).map(
  (name) => `.github/workflows/${name}`,
);

/** Those that others call. */
export const REUSABLE: readonly string[] = WORKFLOWS.filter((path) =>
  /^ {2}workflow_call:/m.test(read(path)),
);

/** What in a workflow gives more than it must, or may become something else than it was, as sentences. */
export function dangersOf(text: string): string[] {
  const { permissions, jobs } = parse(text) as Workflow;
  return [
    ...(isEmpty(permissions) ? [] : ['permissions are not {} at the top']),
    ...Object.entries(jobs).flatMap(([name, job]) => dangersOfJob(job).map((danger) => `${name}: ${danger}`)),
    ...text.split('\n').flatMap(dangersOfLine),
  ];
}

function isEmpty(permissions: unknown): boolean {
  return typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0;
}

function dangersOfJob({ permissions, steps = [], 'timeout-minutes': timeout, uses }: Job): string[] {
  return [
    ...(typeof permissions === 'object' && permissions !== null ? [] : ['it does not list its permissions']),
    ...(timeout === undefined && uses === undefined ? ['it may run for six hours'] : []),
    ...steps.flatMap(({ uses, run, with: inputs }) => [
      ...(run?.includes('${{') ? ['`run` holds an expression'] : []),
      ...(uses?.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false
        ? ['checkout keeps its token in .git']
        : []),
    ]),
  ];
}

/** `uses:` of another owner names a commit, and says which version that is; our own action goes by its tag. */
function dangersOfLine(line: string): string[] {
  const [, used = '', comment] = /^[\s-]*uses:\s*(\S+)\s*(?:#\s*(.*?))?\s*$/.exec(line) ?? [];
  if (used === '' || used.startsWith('./') || used.startsWith('entra-federate/entra-federate@')) return [];
  const isPinned = /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(used) && /^v\d+\.\d+\.\d+$/.test(comment ?? '');
  return isPinned ? [] : [`\`${used}\` is not pinned by a commit with its version`];
}
