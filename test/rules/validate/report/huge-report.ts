import { SEVERITIES } from '../../../../src/trust/finding.ts';
import { known, type Report } from '../../../../src/validate/model.ts';
import { against, exact, FAIL } from './reports.ts';

/** A report as large as any, with so many findings; every text is as long as can be and made of this character. */
export function hugeReport(char: string, findings: number): Report {
  const long = char.repeat(Math.ceil(4_000 / char.length));
  const word = char.repeat(Math.ceil(600 / char.length)).slice(0, 600);
  const credentials = Array.from({ length: 20 }, (_, index) =>
    exact(`${index}${word}`.slice(0, 120), `${word.slice(0, 598)}${String(index).padStart(2, '0')}`, {
      issuer: word,
      audiences: [word],
    }),
  );
  return {
    ...FAIL,
    verdict: long,
    explanation: long,
    fix: { az: long.repeat(6), graph: word, terraform: word, bicep: word, github: word, workflow: word },
    tenantId: word,
    why: Array(100).fill(word),
    exchange: { outcome: 'refused', codes: [1], text: long, correlationId: word },
    identity: known({
      clientId: word,
      kind: 'application',
      displayName: word,
      principalId: word,
      enabled: null,
      objectId: word,
    }),
    ...against(credentials, word),
    roles: known(
      Array(500).fill({
        roleName: word,
        roleDefinitionId: word,
        scope: word,
        condition: word,
        through: word,
      }),
    ),
    findings: Array.from({ length: findings }, (_, index) => ({
      code: `code-${index % 30}`,
      severity: SEVERITIES[index % 5] ?? 'info',
      credential: word,
      message: word,
      evidence: word,
      remedy: word,
      source: word,
    })),
    undecided: Array(1_000).fill({ code: word, missing: word }),
    migration: {
      emits: 'name-based',
      nameBased: { subject: word, credentials: [word] },
      immutable: { subject: word, credentials: [word] },
      steps: Array(100).fill(word),
      breaks: Array(100).fill(word),
    },
    probes: Array(10).fill({ audience: word, result: 'unknown', detail: word }),
  };
}
