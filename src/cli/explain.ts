import { plain } from '../report/escape.ts';
import { type Explanation, explain } from '../trust/explain/explain.ts';
import { type ExplainInput, readExplainInput } from '../trust/explain/input.ts';
import { type Outcome, unusable } from './outcome.ts';
import { unknownKeys } from './unknown-keys.ts';

/** `explain --file`: from an error, a token, credentials and facts, as far as they are there, to a cause and its fix. */
export function explainCommand(json: unknown): Outcome {
  const read = readExplainInput(json);
  if (!read.ok) return unusable(read.problem);
  const warnings = unknownKeys(json, PARTS);
  if (!saysSomething(read.input)) return unusable([NOTHING, ...warnings].join('; '));
  return { ...outcomeOf(read.input), warnings };
}

const PARTS = ['error', 'presented', 'claims', 'configured', 'context'];
const NOTHING =
  'there is nothing to explain: give "error", the text that Entra, az or a workflow printed, or at least one of "presented", "claims", "configured" and "context"';

function saysSomething({ error, presented, claims, configured, context }: ExplainInput): boolean {
  const facts = [presented, claims, context].some((part) => Object.keys(part ?? {}).length > 0);
  return facts || configured !== null || (error ?? '').trim() !== '';
}

/** `explain "<error text>"`. */
export function explainText(error: string): Outcome {
  if (error.trim() === '')
    return unusable('the text to explain is empty: give what Entra, az or a workflow printed, or --file F');
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
