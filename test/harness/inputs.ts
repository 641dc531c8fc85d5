import type { Inputs } from '../../src/inputs/inputs.ts';
import { parseInputs } from '../../src/inputs/parse.ts';
import { rawInputs } from '../../src/inputs/table.ts';
import { CLOUDS, type Cloud } from '../../src/trust/clouds.ts';

/** The inputs of a step that was given these; the others are empty. Throws where the step would fail. */
export function inputsOf(given: Readonly<Record<string, string>>, cloud: Cloud = CLOUDS.AzureCloud): Inputs {
  return parseInputs(
    rawInputs((name) => given[name] ?? ''),
    cloud,
    () => '',
  );
}
