import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { chosenCloud } from '../../../src/inputs/cloud.ts';
import { type IdentitySource, parseIdentitySource } from '../../../src/inputs/identity-source.ts';
import { parseInputs } from '../../../src/inputs/parse.ts';
import { INPUT_TABLE, rawInputs } from '../../../src/inputs/table.ts';
import { CLOUDS } from '../../../src/trust/clouds.ts';

const action = parse(readFileSync(join(import.meta.dirname, '../../../action.yml'), 'utf8')) as Record<
  'inputs' | 'outputs',
  Record<string, unknown>
>;

/** What an expression stands for, where an input has to be a value of some form. */
const SAMPLES: Readonly<Record<string, string>> = {
  'client-id': '11111111-1111-4111-8111-111111111111',
  'tenant-id': '22222222-2222-4222-8222-222222222222',
  'subscription-id': '33333333-3333-4333-8333-333333333333',
  'identity-source': '44444444-4444-4444-8444-444444444444',
};

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow extends Job {
  readonly on?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/**
 * What is wrong with a block of YAML of the documentation, as sentences; none for one that uses the action as it is.
 * A block is a workflow, a list of steps, or something else that is only parsed. `complete`: workflows only, with what
 * starts them.
 */
export function problemsOf(text: string, { complete = false } = {}): string[] {
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings].map(({ message }) => `YAML: ${message}`);
  if (faults.length > 0) return faults;
  const content = document.toJS() as unknown;
  if (Array.isArray(content)) {
    const problems = problemsOfSteps(content as Step[]);
    return complete && usesIn(content as Step[]) ? [...problems, 'it is no complete workflow'] : problems;
  }
  const workflow = (content ?? {}) as Workflow;
  const jobs = Object.entries(workflow.jobs ?? {});
  const problems = jobs.flatMap(([name, job]) =>
    problemsOfJob(job, workflow.permissions).map((problem) => `job ${name}: ${problem}`),
  );
  return complete && jobs.length > 0 && workflow.on === undefined
    ? [...problems, 'nothing starts the workflow (`on`)']
    : problems;
}

/** Whether any of the steps uses the action. */
export function usesIn(steps: readonly Step[]): boolean {
  return steps.some(isOurs);
}

function isOurs({ uses }: Step): boolean {
  return uses !== undefined && /^(entra-federate\/entra-federate@|\.\/$)/.test(uses);
}

function problemsOfJob({ permissions: own, steps = [] }: Job, inherited: unknown): string[] {
  const problems = problemsOfSteps(steps);
  if (!usesIn(steps)) return problems;
  const permissions = own ?? inherited;
  if (typeof permissions !== 'object' || permissions === null)
    return [...problems, 'it does not list its permissions'];
  const { 'id-token': idToken, contents } = permissions as Record<string, unknown>;
  const asksGitHub = steps.filter(isOurs).some((step) => sourceOf(step)?.kind === 'github');
  if (asksGitHub && idToken !== 'write') problems.push('`id-token: write` is missing');
  if (!asksGitHub && idToken !== undefined) problems.push('it has `id-token`, and asks for no ID token');
  if (steps.some(({ uses }) => uses?.startsWith('actions/checkout@')) && contents !== 'read')
    problems.push('it checks out, and `contents: read` is missing');
  return problems;
}

function problemsOfSteps(steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) => {
    const name = step.id ?? step.uses ?? `step ${index + 1}`;
    const found = [
      ...(isOurs(step) ? problemsOfInputs(step) : []),
      ...problemsOfOutputs(step, steps.slice(0, index)),
      ...(step.run?.includes('${{') ? ['`run` holds an expression: hand it over in `env`'] : []),
    ];
    return found.map((problem) => `${name}: ${problem}`);
  });
}

function problemsOfInputs(step: Step): string[] {
  const unknown = Object.keys(step.with ?? {}).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) return unknown.map((name) => `there is no input \`${name}\``);
  try {
    const raw = rawInputs((name) => written(step, name));
    const cloud = chosenCloud(raw.cloud);
    // The hosts of a custom cloud are those of its own metadata; what else is written does not depend on them.
    parseInputs(raw, cloud instanceof URL ? CLOUDS.AzureCloud : cloud, () => '');
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function sourceOf(step: Step): IdentitySource | null {
  try {
    return parseIdentitySource(written(step, 'identity-source') || INPUT_TABLE['identity-source'].default);
  } catch {
    return null;
  }
}

/** The value of an input as the runner hands it over; for an expression stands a sample, or nothing. */
function written(step: Step, name: string): string {
  const value = String(step.with?.[name] ?? '');
  return value.replace(/\$\{\{.*?\}\}/g, SAMPLES[name.replace(/^reader-/, '')] ?? '');
}

function problemsOfOutputs(step: Step, earlier: readonly Step[]): string[] {
  const named = [...JSON.stringify(step).matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)];
  return named.flatMap(([whole, id, output = '']) => {
    const origin = earlier.find((one) => one.id === id);
    if (!origin) return [`\`${whole}\` names no step before it`];
    return isOurs(origin) && !(output in action.outputs) ? [`there is no output \`${output}\``] : [];
  });
}
