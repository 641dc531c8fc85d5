import type { ClientInputs } from '../inputs/inputs.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { isTransientStatus, type Setback } from '../retry/policy.ts';
import { fill, findAadsts } from '../trust/aadsts/catalogue.ts';
import { otherThanGitHub } from '../trust/aadsts/elsewhere.ts';
import type { AadstsEntry } from '../trust/aadsts/entry.ts';
import { type Claims, presentedBy } from '../trust/claims.ts';
import { CLOUDS, type Cloud } from '../trust/clouds.ts';
import { fixSnippets, listCredentials, type Snippet } from '../trust/fix.ts';
import { immutabilityHint } from '../trust/immutability.ts';
import { providerOf } from '../trust/issuer.ts';
import type { EntraRefusal } from './token-answer.ts';

/** What was presented when Entra refused. */
export interface Presentation {
  readonly inputs: Pick<ClientInputs, 'clientId' | 'tenantId' | 'cloud' | 'waitForTrustMs'>;
  readonly scope: string;
  readonly claims: Claims;
  readonly correlationId: string;
}

/** Entra's refusal, explained, and whether it may pass: decided by the codes, by the status where none is known. */
export function explainRefusal(
  refusal: EntraRefusal,
  status: number,
  presentation: Presentation,
): Setback & { failure: Failure } {
  const entry = entryFor(refusal.codes, presentation.claims);
  const facts = factsOf(refusal, status, presentation);
  const told = { codes: refusal.codes, text: refusal.text, correlationId: presentation.correlationId };
  if (entry === null) {
    const retry = isTransientStatus(status) ? 'transient' : 'never';
    return { retry, failure: unknownRefusal(refusal, status, facts).withRefusal(told) };
  }
  const failure = knownRefusal(entry, presentation, facts).withRefusal(told);
  return { retry: entry.retry, retryAfterMs: entry.pauseMs, failure };
}

function entryFor(codes: readonly number[], claims: Claims): AadstsEntry | null {
  const entry = findAadsts(codes);
  const { issuer, subject } = presentedBy(claims);
  return entry && providerOf(issuer, subject) !== 'github' ? otherThanGitHub(entry) : entry;
}

function knownRefusal(entry: AadstsEntry, presentation: Presentation, facts: readonly Fact[]): Failure {
  const { inputs, scope, claims } = presentation;
  const presented = presentedBy(claims);
  const values = {
    ...presented,
    scope,
    client: inputs.clientId,
    tenant: inputs.tenantId,
    cloud: inputs.cloud.name,
    authority: inputs.cloud.authority,
  };
  return new Failure({
    code: `AADSTS${entry.code}`,
    sentence: fill(entry.sentence, values),
    facts,
    remedy: [fill(entry.remedy, values), ...hints(entry, presentation)],
    snippets: snippets(entry, presentation),
  });
}

function hints(entry: AadstsEntry, { inputs, claims }: Presentation): string[] {
  const immutability = entry.causes.includes('subject-immutable-format') ? immutabilityHint(claims) : null;
  const propagation =
    entry.retry === 'propagating' && inputs.waitForTrustMs === 0
      ? 'If it was set up within the last minutes, Entra may not have spread it yet: `wait-for-trust: 120` keeps trying that long.'
      : null;
  return [immutability, audienceHint(entry, inputs.cloud, claims), propagation].filter(
    (hint) => hint !== null,
  );
}

function audienceHint(
  { causes }: AadstsEntry,
  { name, audience: own }: Cloud,
  claims: Claims,
): string | null {
  const { audience } = presentedBy(claims);
  const theirs = Object.values(CLOUDS).find((cloud) => cloud.audience === audience);
  if (!causes.includes('audience') || theirs === undefined || own === null || own === audience) return null;
  return `${audience} is the audience of ${theirs.name}; in ${name} credentials name ${own}.`;
}

function snippets(entry: AadstsEntry, { inputs, claims }: Presentation): Snippet[] {
  if (!entry.fix) return [];
  const presented = presentedBy(claims);
  const fixes = fixSnippets(entry.fix, inputs.clientId, presented);
  return entry.fix === 'create-credential' ? [listCredentials(inputs.clientId), ...fixes] : fixes;
}

function unknownRefusal(refusal: EntraRefusal, status: number, facts: readonly Fact[]): Failure {
  const said = refusal.text || refusal.error;
  const code = refusal.codes[0];
  if (code === undefined && isTransientStatus(status))
    return new Failure({
      code: 'entra-unavailable',
      sentence: `Entra did not issue a token: the last answer was ${status} with '${said}'.`,
      facts,
      remedy: ['Run the job again, or raise `timeout`.'],
    });
  return new Failure({
    code: code === undefined ? 'entra-refused' : `AADSTS${code}`,
    sentence: `Entra refused with a code that is unknown to this action: '${said}'.`,
    facts,
    remedy: [
      'The text above is all that is known. The sign-in log of the tenant shows the attempt under the correlation id.',
    ],
  });
}

function factsOf(
  refusal: EntraRefusal,
  status: number,
  { inputs, scope, claims, correlationId }: Presentation,
): Fact[] {
  const presented = presentedBy(claims);
  const optional = [
    { label: 'suberror', value: refusal.suberror },
    { label: 'trace id', value: refusal.traceId },
    { label: 'timestamp', value: refusal.timestamp },
  ];
  return [
    { label: 'issuer presented', value: presented.issuer },
    { label: 'subject presented', value: presented.subject },
    { label: 'audience presented', value: presented.audience },
    { label: 'client', value: inputs.clientId },
    { label: 'tenant', value: `${inputs.tenantId} (${inputs.cloud.name})` },
    { label: 'scope', value: scope },
    { label: 'Entra said', value: refusal.text },
    { label: 'error', value: `${refusal.error}, status ${status}` },
    { label: 'correlation id', value: refusal.correlationId ?? correlationId },
    ...optional.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }])),
  ];
}
