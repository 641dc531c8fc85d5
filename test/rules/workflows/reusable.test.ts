import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT, read } from '../docs/documents.ts';
import { blocksOf } from '../docs/markdown.ts';
import { problemsOf } from '../docs/recipe.ts';
import { REUSABLE, type Workflow } from './workflows.ts';

interface Callable extends Workflow {
  readonly on: {
    readonly workflow_call: {
      readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly type: string }>>;
      readonly secrets?: Readonly<Record<string, unknown>>;
    };
  };
}

interface Call {
  readonly uses: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly with: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

const OURS = 'entra-federate/entra-federate';
const { version } = JSON.parse(read('package.json')) as { version: string };
const callable = (path: string) => parse(read(path)) as Callable;

test('there are three workflows to call', () => {
  expect(REUSABLE.map((path) => path.split('/').at(-1)).sort()).toEqual([
    'sign-in-and-run.yml',
    'validate-many.yml',
    'validate-trust.yml',
  ]);
});

test.each(REUSABLE)(
  '%s names this action by the tag of its version, and nothing of the caller as its own',
  (path) => {
    const text = read(path);
    const stamps = [...text.matchAll(/uses: (entra-federate\/\S+)|ref: (\S+)/g)].map(
      ([, used, ref]) => used ?? ref,
    );
    expect(stamps.length).toBeGreaterThan(0);
    expect(stamps.filter((stamp) => stamp !== `${OURS}@v${version}` && stamp !== `v${version}`)).toEqual([]);
    expect(text).not.toMatch(/uses: \.\//);
    expect(text.match(/repository: /g)?.length ?? 0).toBe(text.match(/^ +ref: /gm)?.length ?? 0);
  },
);

test.each(REUSABLE)('%s uses the action as it is', (path) => {
  expect(problemsOf(read(path).replaceAll('${{ inputs.expected-credentials }}', ''))).toEqual([]);
});

test.each(REUSABLE)('%s uses every input that it takes', (path) => {
  const unused = Object.keys(callable(path).on.workflow_call.inputs).filter(
    (name) => !new RegExp(`inputs\\.${name}(?![\\w-])`).test(read(path)),
  );
  expect(unused).toEqual([]);
});

test('npm run stamp finds nothing to write', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/stamp.ts'), '--check']);
  expect([status, String(stderr)]).toEqual([0, '']);
});

/** What is wrong with a call of one of the workflows, as sentences. */
function faultsOf({ uses, permissions, with: given, secrets = {} }: Call): string[] {
  const [, path = ''] = /^entra-federate\/entra-federate\/(\S+)@v1$/.exec(uses) ?? [];
  if (!REUSABLE.includes(path)) return [`${uses} is none of ours`];
  const { on, jobs } = callable(path);
  const { inputs, secrets: known = {} } = on.workflow_call;
  const needed = Object.assign({}, ...Object.values(jobs).map((job) => job.permissions));
  const required = Object.keys(inputs).filter((name) => inputs[name]?.required);
  return [
    ...(JSON.stringify(Object.entries(needed).sort()) === JSON.stringify(Object.entries(permissions).sort())
      ? []
      : [`it does not grant exactly ${JSON.stringify(needed)}`]),
    ...Object.keys(given).flatMap((name) => (name in inputs ? [] : [`there is no input ${name}`])),
    ...required.flatMap((name) => (name in given ? [] : [`the input ${name} is missing`])),
    ...Object.keys(secrets).flatMap((name) => (name in known ? [] : [`there is no secret ${name}`])),
    ...(/\$\{\{/.test(String(given['script'])) ? ['an expression stands in the script'] : []),
  ];
}

const calls = blocksOf(read('docs/reusable-workflows.md'))
  .filter(({ language }) => language === 'yaml')
  .flatMap(({ text }) => Object.values((parse(text) as { jobs: Record<string, Call> }).jobs));

test('each has an example that calls it with what it asks for, and grants what it needs and no more', () => {
  expect(calls.map(({ uses }) => uses.split(/[/@]/).at(-2)).sort()).toEqual(
    REUSABLE.map((path) => path.split('/').at(-1)).sort(),
  );
  expect(calls.flatMap(faultsOf)).toEqual([]);
  for (const list of ['environments', 'repositories'])
    expect(JSON.parse(String(calls.at(-1)?.with[list])).length).toBeGreaterThan(0);
});

test('a call that is wrong is found out', () => {
  const [call] = calls as [Call];
  const faults = (change: Partial<Call>) => faultsOf({ ...call, ...change }).join();
  expect(faults({ permissions: { ...call.permissions, actions: 'read' } })).toMatch(/not grant exactly/);
  expect(faults({ permissions: { contents: 'read' } })).toMatch(/not grant exactly/);
  expect(faults({ with: { ...call.with, colour: 'red' } })).toMatch(/no input colour/);
  expect(faults({ with: { script: 'echo' } })).toMatch(/client-id is missing/);
  expect(faults({ with: { ...call.with, script: 'echo ${{ github.head_ref }}' } })).toMatch(/expression/);
  expect(faults({ secrets: { password: '' } })).toMatch(/no secret password/);
});
