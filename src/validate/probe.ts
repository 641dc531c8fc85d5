import { CLOUDS, type Cloud } from '../trust/clouds.ts';
import type { Access } from './access.ts';
import type { ExchangeOutcome, ProbeReport } from './model.ts';

/** What every accepted probe is reported as. */
export const PROBE_ACCEPTED = {
  code: 'probe-accepted',
  severity: 'critical',
  title: 'A token for an audience that must be refused is accepted',
  remedy: 'Find the credential that names this audience, and remove it.',
  source: 'OpenID Connect Core 1.0, section 3.1.3.7: a token is for its audience alone',
} as const;

// Entra: no credential names the presented audience, in the current and in the older code.
const EXPECTED = [700212, 70021];

/**
 * The audiences whose tokens this identity must refuse: what the other clouds expect, and, where GitHub issues them,
 * what it does when none is asked for (`byDefault`, the owner's URL).
 */
export function probeAudiences(cloud: Cloud, audience: string, byDefault: string | null): string[] {
  const others = Object.values(CLOUDS).map((other) => other.audience);
  return [...(byDefault === null ? [] : [byDefault]), ...others].filter(
    (candidate) => candidate !== audience && candidate !== cloud.audience,
  );
}

/** Presents each in turn. An acceptance is critical; only the expected refusal is a pass, anything else is unknown. */
export async function runProbes(
  audiences: readonly string[],
  access: Pick<Access, 'probe'>,
): Promise<ProbeReport[]> {
  return Promise.all(
    audiences.map(async (audience) => ({ audience, ...judge(await access.probe(audience)) })),
  );
}

function judge(outcome: ExchangeOutcome): Omit<ProbeReport, 'audience'> {
  if (outcome.outcome === 'accepted')
    return {
      result: 'accepted',
      detail: 'Entra issued a token for an audience that this trust must not accept.',
    };
  if (outcome.outcome === 'not-tried') return { result: 'unknown', detail: outcome.reason };
  const codes = outcome.codes.map((code) => `AADSTS${code}`).join(', ');
  return outcome.codes.some((code) => EXPECTED.includes(code))
    ? { result: 'passed', detail: `refused with ${codes}` }
    : { result: 'unknown', detail: `refused, but with ${codes || 'no code'} instead of AADSTS700212` };
}
