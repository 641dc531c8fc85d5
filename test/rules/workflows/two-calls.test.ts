import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../docs/documents.ts';
import { REUSABLE, type Workflow } from './workflows.ts';

/** The names of artifacts in a workflow, to keep and to fetch. */
function artifactsOf(path: string): string[] {
  const { jobs } = parse(read(path)) as Workflow;
  const steps = Object.values(jobs).flatMap(({ steps = [] }) => steps);
  return steps
    .filter(({ uses }) => /^actions\/(?:up|down)load-artifact@/.test(uses ?? ''))
    .map(({ with: inputs }) => String(inputs?.['name'] ?? inputs?.['pattern']));
}

test.each(REUSABLE)('two calls of %s in one run can keep their artifacts apart', (path) => {
  const fixed = artifactsOf(path).filter((name) => !/^\$\{\{ inputs\.artifacts? \}\}/.test(name));
  expect(fixed).toEqual([]);
});

test('the names are by default as they are documented', () => {
  const inputs = (name: string) =>
    (
      parse(read(`.github/workflows/${name}.yml`)) as {
        on: { workflow_call: { inputs: Record<string, { default?: string }> } };
      }
    ).on.workflow_call.inputs;
  expect(inputs('validate-many')['artifacts']?.default).toBe('entra-trust');
  expect(inputs('validate-trust')['artifact']?.default).toBe('entra-trust');
  expect(artifactsOf('.github/workflows/validate-many.yml')).toEqual([
    '${{ inputs.artifacts }}-environments-${{ strategy.job-index }}',
    '${{ inputs.artifacts }}-repositories-${{ strategy.job-index }}',
    '${{ inputs.artifacts }}-*',
    '${{ inputs.artifacts }}s',
  ]);
});
