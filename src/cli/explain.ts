import { plain } from '../report/escape.ts';
import { type Explanation, explain } from '../trust/explain/explain.ts';
import { type ExplainInput, readExplainInput } from '../trust/explain/input.ts';
import { type Outcome, unusable } from './outcome.ts';

/** `explain --file`: from an error, a token, credentials and facts, as far as they are there, to a cause and its fix. */
export function explainCommand(json: unknown): Outcome {
  const read = readExplainInput(json);
  return read.ok ? outcomeOf(read.input) : unusable(read.problem);
}

/** `explain "<error text>"`. */
export function explainText(error: string): Outcome {
  return outcomeOf({ error, presented: null, claims: null, configured: null, context: {} });
}

function outcomeOf(input: ExplainInput): Outcome {
  const explanation = explain(input);
  return { status: 0, json: explanation, text: textOf(explanation) };
}

function textOf({ cause, confidence, also, explanation, fix }: Explanation): string {
  const others = also.map((other) => `${other.cause} (${other.confidence})`).join(', ');
  const fixes = Object.entries(fix).flatMap(([tool, text]) => [
    '',
    `${tool}:`,
    ...lines(text).map((line) => `  ${line}`),
  ]);
  return [
    `${cause} (${confidence})`,
    '',
    ...lines(explanation),
    ...(others === '' ? [] : ['', `Also possible: ${others}`]),
    ...fixes,
  ].join('\n');
}

function lines(text: string): string[] {
  return text.split('\n').map(plain);
}
