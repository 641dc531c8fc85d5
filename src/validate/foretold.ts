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
    claimText(claims, requirement.claim) === null ||
    (otherwise !== null && meets(claims, requirement) !== meets(otherwise, requirement)) ||
    namesEnterprise(requirement, claims);
  return {
    decided: requirements.filter((requirement) => !isOpen(requirement)),
    open: requirements.filter(isOpen),
  };
}

function namesEnterprise({ claim, operator, value }: Requirement, claims: Claims): boolean {
  return claim === 'iss' && operator === '=' && isUnderEnterprise(value, claimText(claims, claim) ?? '');
}
