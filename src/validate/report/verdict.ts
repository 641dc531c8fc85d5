import type { Report, Result } from '../model.ts';
import type { Tone } from './blocks.ts';

/** How a result looks and reads. */
export interface Stamp {
  readonly emoji: string;
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
}

/** A result's sign and word, the same for every reader. */
export const STAMPS: Readonly<Record<Result, Stamp>> = {
  pass: { emoji: '✅', sign: '✓', word: 'pass', tone: 'good' },
  fail: { emoji: '❌', sign: '✗', word: 'fail', tone: 'bad' },
  unknown: { emoji: '❔', sign: '?', word: 'not known', tone: 'doubtful' },
};

/** The cause with how sure it is; null where there is none to tell of. */
export function causeText({ result, cause, confidence }: Report): string | null {
  if (cause !== null) return `Cause: \`${cause}\`${confidence === null ? '' : ` (${confidence})`}`;
  return result === 'unknown' ? 'Cause: not known' : null;
}

/** Whether the trust itself is what fails: not a finding about a trust that holds. */
export function isBroken({ result, cause, matched, exchange }: Report): boolean {
  return cause !== null || (result === 'fail' && matched === null && exchange.outcome !== 'accepted');
}
