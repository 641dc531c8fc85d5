import { printExpression, type Term } from '../../expression/parse.ts';
import { matchesGlob } from '../../glob.ts';
import { hasWildcard } from '../reach.ts';
import { configured, FACTS, findings, type Observation, type Outcome, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

/** Rules about credentials that others make needless. */
export const REDUNDANCY_RULES: readonly Rule[] = [
  {
    code: 'superseded-credential',
    title: 'Name-based credential beside its immutable replacement',
    severities: ['medium'],
    why: 'Once the repository presents ids, the credential without them serves nobody but who takes over the name.',
    remedy: 'Remove the name-based credential when all runs present ids.',
    needs: [FACTS.credentials],
    source: SOURCES.immutable,
    check: supersededCredential,
  },
  {
    code: 'duplicate-credential',
    title: 'The same trust twice',
    severities: ['low'],
    why: 'Two credentials for the same tokens take two of 20 places, and removing one does not end the trust.',
    remedy: 'Remove all but one.',
    needs: [FACTS.credentials],
    source: SOURCES.considerations,
    check: duplicateCredential,
  },
  {
    code: 'shadowed-credential',
    title: 'Credential that an expression covers',
    severities: ['low'],
    why: 'All that it admits an expression admits too: removing it changes nothing, and it hides how much is trusted.',
    remedy: 'Remove it, or narrow the expression.',
    needs: [FACTS.credentials],
    source: SOURCES.flexible,
    check: shadowedCredential,
  },
];

function place(entry: TrustEntry): string {
  return JSON.stringify([entry.credential.issuer, [...entry.credential.audiences].sort()]);
}

/** What is compared with `sub`; null for none, or more than one comparison. */
function subjectOf({ credential, expression }: TrustEntry): string | null {
  if (expression === null) return credential.subject;
  const terms = expression.terms?.filter(({ claim }) => claim === 'sub') ?? [];
  return terms.length === 1 ? (terms[0]?.comparand ?? null) : null;
}

const IDS = /^repo:([^@/:]+)@[0-9*?]+\/([^@/:]+)@[0-9*?]+(?=:|$)/;

// Entra takes no more for one identity; a bound keeps the comparison linear whatever a file holds.
const MOST_EXPRESSIONS = 20;

/** A credential with ids, and the subject that it would have without them. */
interface Replacement {
  readonly entry: TrustEntry;
  readonly named: string;
}

function supersededCredential({ entries }: Trust): Outcome {
  const replacements = entries.flatMap((entry): Replacement[] => {
    const subject = entry.reach === null ? null : subjectOf(entry);
    if (subject === null || !IDS.test(subject)) return [];
    return [{ entry, named: subject.replace(IDS, 'repo:$1/$2') }];
  });
  const exact = new Map(
    replacements.filter(isExact).map(({ entry, named }) => [`${place(entry)} ${named}`, entry]),
  );
  const wide = replacements.filter((each) => !isExact(each)).slice(0, MOST_EXPRESSIONS);
  return findings(
    entries.flatMap((entry) => {
      const subject = entry.reach === null ? null : subjectOf(entry);
      if (subject === null) return [];
      const by =
        exact.get(`${place(entry)} ${subject}`) ?? wide.find((each) => replaces(each, entry, subject))?.entry;
      return by === undefined ? [] : [superseded(entry, by.credential.name)];
    }),
  );
}

// A `*` for a name would be matched by ids, too.
const NAMES_ONE = /^repo:[^:*?]+(?=:|$)/;

/** Whether it admits one subject, and asks for nothing that the same credential by name does not. */
function isExact({ entry, named }: Replacement): boolean {
  return !hasWildcard(named) && !entry.expression?.terms?.some(({ claim }) => !/^sub$|_id$/.test(claim));
}

/** Whether it admits all that a credential by name admits, once the same runs present ids. */
function replaces({ entry: wide, named }: Replacement, narrow: TrustEntry, subject: string): boolean {
  const others = wide.expression?.terms?.filter(({ claim }) => claim !== 'sub') ?? [];
  return (
    place(wide) === place(narrow) &&
    (named === subject || (NAMES_ONE.test(named) && covers(named, subject))) &&
    others.every((term) => holds(term, narrow) ?? /_id$/.test(term.claim))
  );
}

function superseded(entry: TrustEntry, by: string): Observation {
  const { name } = entry.credential;
  return {
    severity: 'medium',
    credential: name,
    message: `Credential '${name}' trusts by name what credential '${by}' trusts with ids.`,
    evidence: configured(entry),
    remedy: `Run the workflow with immutable subjects; when it signs in, remove credential '${name}'.`,
  };
}

function duplicateCredential({ entries }: Trust): Outcome {
  const first = new Map<string, string>();
  const found: Observation[] = [];
  for (const entry of entries) {
    const key = `${place(entry)} ${meaning(entry)}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, entry.credential.name);
    else found.push(duplicate(entry, earlier));
  }
  return findings(found);
}

function meaning({ credential, expression }: TrustEntry): string {
  if (expression === null) return `subject ${credential.subject ?? ''}`;
  const terms = expression.terms?.map((term) => printExpression([term])).sort();
  return `expression ${terms?.join(' and ') ?? credential.claimsMatchingExpression?.value ?? ''}`;
}

function duplicate(entry: TrustEntry, earlier: string): Observation {
  const { name } = entry.credential;
  return {
    severity: 'low',
    credential: name,
    message: `Credential '${name}' trusts exactly what credential '${earlier}' trusts.`,
    evidence: configured(entry),
    remedy: `Remove credential '${name}'.`,
  };
}

function shadowedCredential({ entries }: Trust): Outcome {
  const covers = entries
    .filter(({ reach, expression }) => reach !== null && expression !== null)
    .slice(0, MOST_EXPRESSIONS);
  return findings(
    entries.flatMap((entry) => {
      const by = entry.reach === null ? undefined : covers.find((cover) => shadows(cover, entry));
      return by === undefined ? [] : [shadowed(entry, by.credential.name)];
    }),
  );
}

/** Whether every token that `entry` admits is proved to be admitted by `cover`, and not the other way round. */
function shadows(cover: TrustEntry, entry: TrustEntry): boolean {
  return place(cover) === place(entry) && implies(entry, cover) && !implies(cover, entry);
}

/** By the terms of an expression: nothing is proved of an exact subject as the wider one. */
function implies(narrow: TrustEntry, wide: TrustEntry): boolean {
  return wide.expression?.terms?.every((term) => holds(term, narrow) ?? false) ?? false;
}

/** Whether a comparison holds for every token that a credential admits; null where nothing is known of the claim. */
function holds({ claim, comparand, operator }: Term, entry: TrustEntry): boolean | null {
  const known = presentedIn(entry, claim);
  if (known === null) return null;
  if (operator === 'eq') return !known.glob && known.text === comparand;
  return known.glob ? covers(comparand, known.text) : matchesGlob(known.text, comparand);
}

interface Known {
  readonly text: string;
  readonly glob: boolean;
}

/** What every token that a credential admits holds in a claim; null where that is not one text or pattern. */
function presentedIn(entry: TrustEntry, claim: string): Known | null {
  const { credential, expression, reach } = entry;
  if (claim === 'repository_id' && reach?.repositoryId) return { text: reach.repositoryId, glob: false };
  if (claim === 'repository_owner_id' && reach?.ownerId) return { text: reach.ownerId, glob: false };
  if (expression === null)
    return claim === 'sub' && credential.subject !== null ? { text: credential.subject, glob: false } : null;
  const terms = expression.terms?.filter((term) => term.claim === claim) ?? [];
  const [term] = terms;
  return terms.length === 1 && term ? { text: term.comparand, glob: term.operator === 'matches' } : null;
}

/** Whether one glob admits all that another does: read as text, a `*` is matched by a `*` alone, or not decided. */
function covers(wide: string, narrow: string): boolean {
  return !(wide.includes('?') && narrow.includes('*')) && matchesGlob(narrow, wide);
}

function shadowed(entry: TrustEntry, by: string): Observation {
  const { name } = entry.credential;
  return {
    severity: 'low',
    credential: name,
    message: `Credential '${name}' admits nothing that the expression of credential '${by}' does not admit as well.`,
    evidence: configured(entry),
    remedy: `Remove credential '${name}', or narrow the expression of '${by}' and keep this one.`,
  };
}
