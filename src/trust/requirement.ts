import { type Claims, claimText } from './claims.ts';
import { matchesGlob } from './glob.ts';
import { isGuid } from './guid.ts';

/** One line of `require-claims`: what a claim of the ID token must (not) be. */
export interface Requirement {
  readonly claim: string;
  readonly operator: '=' | '!=' | '~';
  readonly value: string;
}

const LINE = /^([A-Za-z0-9_]+)\s*(!=|=|~)\s*(.*)$/;

/** Parses `claim=value`, `claim!=value` or `claim~glob`; null when the line is none of these or has no value. */
export function parseRequirement(line: string): Requirement | null {
  const [, claim, operator, value] = LINE.exec(line.trim()) ?? [];
  // `==` is a slip that would turn `!==` into its opposite: no claim's value begins with an equals sign.
  if (
    !claim ||
    !value ||
    value.startsWith('=') ||
    (operator !== '=' && operator !== '!=' && operator !== '~')
  )
    return null;
  return { claim, operator, value };
}

/** Whether the claims meet the requirement. An absent claim meets none, `!=` included. */
export function meets(claims: Claims, { claim, operator, value }: Requirement): boolean {
  const presented = claimText(claims, claim);
  if (presented === null) return false;
  if (operator === '~') return matchesGlob(presented, value);
  return same(presented, value) === (operator === '=');
}

/** Literal equality, but for GUIDs, whose letters have no case (RFC 9562). */
function same(a: string, b: string): boolean {
  return a === b || (isGuid(a) && a.toLowerCase() === b.toLowerCase());
}
