import { plain } from '../../report/escape.ts';
import { clip } from './bounded.ts';
import { wrap } from './wrap.ts';

const WIDTH = 100;
const MOST_LINES = 60;
const LONGEST_LINE = 2_000;

/**
 * An explanation as lines: sentences are wrapped, while what is indented (values under each other, the mark below a
 * difference) keeps its columns.
 */
export function explanationLines(explanation: string): readonly string[] {
  return explanation
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((line) => {
      const shown = clip(plain(line), LONGEST_LINE);
      return /^\s/.test(shown) || shown.length <= WIDTH ? [shown] : wrap(shown, WIDTH);
    });
}
