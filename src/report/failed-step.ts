import type { Runner } from '../io/runner.ts';
import { type Diagnosis, Failure } from './failure.ts';
import { diagnosisMarkdown } from './markdown.ts';
import { diagnosisText } from './text.ts';

/** Tells of a failed step: one error annotation, whose first line is the whole story, and the job summary. */
export function reportFailure(error: unknown, runner: Pick<Runner, 'error' | 'summary' | 'scrub'>): void {
  // What a server sent back may hold a token: it goes before escaping could hide it from a search.
  const diagnosis = runner.scrub(error instanceof Failure ? error.diagnosis : internal(error));
  runner.error(diagnosisText(diagnosis));
  runner.summary(diagnosisMarkdown(diagnosis));
}

// The message of an unforeseen error may carry anything; its kind and the places in our own code may be shown.
function internal(error: unknown): Diagnosis {
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const places = stack?.match(/\/dist\/[\w.-]+:\d+:\d+/g) ?? [];
  return {
    code: 'internal',
    sentence: `this action met an error that it did not foresee (${/^\w+$/.test(name) ? name : 'Error'}).`,
    facts: places.slice(0, 5).map((place) => ({ label: 'at', value: place })),
    remedy: ['This is a defect of the action: please report it with the lines above.'],
    snippets: [],
  };
}
