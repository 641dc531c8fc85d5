import { type Claims, claimText } from '../trust/claims.ts';
import { meets, type Requirement } from '../trust/requirement.ts';
import type { Presented } from './access.ts';
import { isUnderEnterprise } from './agreement.ts';

/** Requirements, by whether a prediction tells anything of them. */
export interface Foretold {
  readonly decided: readonly Requirement[];
  /** What only a token can show to be met. */
  readonly open: readonly Requirement[];
}

/** Parts requirements into those that a prediction decides, in every form that it leaves open, and the others. */
export function foretell(
  requirements: readonly Requirement[],
  { claims, otherwise }: Extract<Presented, { from: 'prediction' }>,
): Foretold {
  const isOpen = (requirement: Requirement) =>
    isUntold(requirement, claims) ||
    (otherwise !== null && meets(claims, requirement) !== meets(otherwise, requirement)) ||
    mayBeUnderEnterprise(requirement, claims);
  return {
    decided: requirements.filter((requirement) => !isOpen(requirement)),
    open: requirements.filter(isOpen),
  };
}

// A run that names no environment has no such claim: that is told, too.
function isUntold({ claim }: Requirement, claims: Claims): boolean {
  return claim !== 'environment' && claimText(claims, claim) === null;
}

// The issuer of an enterprise is GitHub's with a slug behind it, and only a run can tell whether it is switched on.
function mayBeUnderEnterprise({ claim, operator, value }: Requirement, claims: Claims): boolean {
  if (claim !== 'iss') return false;
  const plain = claimText(claims, claim) ?? '';
  return operator === '=' ? isUnderEnterprise(value, plain) : value.startsWith(plain);
}
