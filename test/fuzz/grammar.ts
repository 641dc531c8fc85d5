import { printExpression } from '../../src/trust/expression/parse.ts';
import { fc } from '../harness/property.ts';
import { hostile } from './texts.ts';

const subjectPiece = fc.constantFrom(
  ...[':', '%3A', '/', '@1', 'o', 'r', 'repo:', 'environment:', 'ref:', 'refs/heads/', 'refs/tags/', 'job_'],
  ...['workflow_ref:', 'actor:', 'pull_request', 'gh-readonly-queue/', 'main/pr-7-abc'],
);
/** Subjects of GitHub, and what is nearly one. */
export const subjectText = fc.oneof(
  hostile,
  fc.array(subjectPiece, { maxLength: 8 }).map((pieces) => pieces.join('')),
);

export const expressionPiece = fc.constantFrom(
  ...["claims['sub']", "claims['", "']", "'", "''", ' and ', ' eq ', ' matches ', ' ', 'x', '*', '?'],
);
const quoted = fc.oneof(
  hostile,
  fc.array(fc.constantFrom("'", "' and ", '*', 'x')).map((parts) => parts.join('')),
);
/** Terms that may be written. */
export const expressionTerms = fc.array(
  fc.record({
    claim: fc.constantFrom('sub', 'repository_id', 'aud', 'constructor', '__proto__', ' '),
    operator: fc.constantFrom('eq' as const, 'matches' as const),
    comparand: quoted,
  }),
  { minLength: 1, maxLength: 3 },
);
/** Expressions, whole and cut, and what is nearly one. */
export const expressionText = fc.oneof(
  hostile,
  fc.array(expressionPiece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  expressionTerms.map(printExpression),
  fc.tuple(expressionTerms.map(printExpression), fc.nat(60)).map(([whole, end]) => whole.slice(0, end)),
);
