import { CLOUDS } from '../../clouds.ts';
import { hasWildcard } from '../reach.ts';
import { configured, eachCredential, FACTS, findings, type Observation, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

const MOST = 20;
const HEADROOM = 15;

/** Rules about credentials that do not do what their author means. */
export const FUNCTIONAL_RULES: readonly Rule[] = [
  {
    code: 'issuer-never-matches',
    title: 'Issuer that no token carries',
    severities: ['medium'],
    why: 'Entra compares the issuer as text: a slash at the end, another case or white space make a credential that never matches.',
    remedy: 'Write the issuer as its tokens do.',
    needs: [FACTS.credentials],
    source: SOURCES.caseSensitive,
    check: eachCredential(issuerNeverMatches),
  },
  {
    code: 'literal-wildcard',
    title: 'Wildcard where none works',
    severities: ['medium'],
    why: 'An exact subject is compared as it stands, and so is what `eq` compares with: `*` and `?` are inert there, and the author believes otherwise.',
    remedy: 'Write the subject in full, or use a pinned expression.',
    needs: [FACTS.credentials],
    source: SOURCES.considerations,
    check: eachCredential(literalWildcard),
  },
  {
    code: 'unusual-audience',
    title: 'Unusual audience',
    severities: ['low'],
    why: "Often a mistake: the action asks for the cloud's own audience. Fine where an audience per relying party is meant.",
    remedy: "Use the cloud's audience, or ask for this one on purpose.",
    needs: [FACTS.credentials],
    source: SOURCES.considerations,
    check: eachCredential(unusualAudience),
  },
  {
    code: 'merge-queue-never-matches',
    title: 'Exact subject of a merge queue',
    severities: ['medium'],
    why: 'The branch of a merge queue holds a commit, so its subject is another one for every run.',
    remedy: 'Let the job name an environment and trust that.',
    needs: [FACTS.credentials],
    source: SOURCES.githubOidc,
    check: eachCredential(mergeQueueNeverMatches),
  },
  {
    code: 'credential-headroom',
    title: 'Few credentials left',
    severities: ['low'],
    why: 'An application or managed identity takes 20 credentials at most.',
    remedy:
      'Remove what is not used, or use environments or a pinned expression instead of one credential for each branch.',
    needs: [FACTS.credentials],
    source: SOURCES.considerations,
    check: credentialHeadroom,
  },
];

function issuerNeverMatches({ credential, issuer }: TrustEntry): Observation | null {
  const { name, issuer: text } = credential;
  const padded = issuer.kind === 'unknown' && text.trim() !== text;
  if (text === issuer.canonical && !padded) return null;
  const right = padded ? text.trim() : issuer.canonical;
  return {
    severity: 'medium',
    credential: name,
    message: `Credential '${name}' never matches: its issuer is '${text}', and tokens carry '${right}'.`,
    evidence: text,
    remedy: `Replace the issuer by '${right}', without a difference in case, slash or white space.`,
  };
}

function literalWildcard(entry: TrustEntry): Observation | null {
  const { credential, expression } = entry;
  const compared = credential.subject ?? '';
  const subject =
    expression === null
      ? compared
      : expression.terms?.find(({ operator, comparand }) => operator === 'eq' && hasWildcard(comparand))
          ?.comparand;
  if (subject === undefined || !hasWildcard(subject)) return null;
  return {
    severity: 'medium',
    credential: credential.name,
    message: `Credential '${credential.name}' has a wildcard in '${subject}', which is compared as it stands, so the wildcard matches nothing but itself.`,
    evidence: configured(entry),
    remedy:
      "Write each subject in full, or use a flexible expression (`claims['sub'] matches '…' and claims['repository_id'] eq 'ID'`; applications only).",
  };
}

function unusualAudience({ credential }: TrustEntry, { facts }: Trust): Observation | null {
  const defaults =
    facts.cloudAudience === null
      ? Object.values(CLOUDS).map(({ audience }) => audience)
      : [facts.cloudAudience];
  const unusual = credential.audiences.find((audience) => !defaults.includes(audience));
  if (unusual === undefined) return null;
  const usual = defaults.map((audience) => `'${audience}'`).join(' or ');
  const whose = facts.cloudAudience === null ? 'a cloud' : 'this cloud';
  return {
    severity: 'low',
    credential: credential.name,
    message: `Credential '${credential.name}' expects the audience '${unusual}', and the default of ${whose} is ${usual}.`,
    evidence: unusual,
    remedy: `Set the audience to ${usual}, or set the action's input audience to '${unusual}' if it is meant.`,
  };
}

const QUEUE = /:ref:refs\/heads\/gh-readonly-queue\//;

function mergeQueueNeverMatches(entry: TrustEntry): Observation | null {
  const { credential, expression } = entry;
  const exact =
    expression === null
      ? credential.subject
      : expression.terms?.find(
          ({ claim, operator, comparand }) =>
            claim === 'sub' && (operator === 'eq' || !hasWildcard(comparand)),
        )?.comparand;
  if (!exact || !QUEUE.test(exact)) return null;
  return {
    severity: 'medium',
    credential: credential.name,
    message: `Credential '${credential.name}' never matches again: '${exact}' is the subject of one run of a merge queue, and every run has its own.`,
    evidence: configured(entry),
    remedy:
      'Let the job of the merge queue name an environment and trust that environment, and remove this credential.',
  };
}

function credentialHeadroom({ entries }: Trust) {
  const count = entries.length;
  if (count <= HEADROOM) return findings([]);
  return findings([
    {
      severity: 'low',
      message: `The identity has ${count} of at most ${MOST} credentials.`,
      evidence: `${count} credentials`,
      remedy:
        'Remove credentials that no workflow uses, and let jobs share a protected environment instead of one credential for each branch.',
    },
  ]);
}
