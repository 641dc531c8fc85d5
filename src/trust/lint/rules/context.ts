import type { Severity } from '../../finding.ts';
import {
  configured,
  eachCredential,
  FACTS,
  findings,
  missingRoles,
  type Observation,
  type Outcome,
  type Rule,
} from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

/** Rules about the events, branches and tags that a credential admits. */
export const CONTEXT_RULES: readonly Rule[] = [
  {
    code: 'pull-request-trusted',
    title: 'Pull requests get an identity that can write',
    severities: ['critical', 'high'],
    why: 'A pull request runs code that nobody has reviewed. Critical when a role can write, high where roles are not known; not raised when all roles only read, nor decided when others may not have been seen.',
    remedy: 'Give pull requests an identity of their own that can only read.',
    needs: [FACTS.credentials, FACTS.roles],
    source: SOURCES.pullRequests,
    check: pullRequestTrusted,
  },
  {
    code: 'ref-wildcard',
    title: 'Any branch',
    severities: ['high', 'medium'],
    why: 'Anyone who can push a branch that is covered gets the identity. Medium when only the branches of a merge queue are.',
    remedy: 'Name the branch, or trust a protected environment.',
    needs: [FACTS.credentials],
    source: SOURCES.flexible,
    check: eachCredential(refWildcard),
  },
  {
    code: 'tag-wildcard',
    title: 'Any tag',
    severities: ['high', 'medium'],
    why: 'Tags are rarely protected: who can push can make one. High for every tag, medium for tags that begin as given.',
    remedy: 'Protect the tags with a ruleset, or trust a protected environment.',
    needs: [FACTS.credentials],
    source: SOURCES.flexible,
    check: eachCredential(tagWildcard),
  },
];

function observation(entry: TrustEntry, severity: Severity, message: string, remedy: string): Observation {
  const { name } = entry.credential;
  return {
    severity,
    credential: name,
    message: `Credential '${name}' ${message}`,
    evidence: configured(entry),
    remedy,
  };
}

function pullRequestTrusted(trust: Trust): Outcome {
  const { entries, power } = trust;
  const trusting = entries.filter(({ reach }) => reach?.pullRequest);
  if (trusting.length === 0) return findings([]);
  if (power === 'reads' || power === 'none') return { found: [], missing: missingRoles(trust) };
  return findings(trusting.map((entry) => trusted(entry, power)));
}

function trusted(entry: TrustEntry, power: 'writes' | 'unknown'): Observation {
  const grade = power === 'writes' ? 'an identity that can write' : 'the identity, whose roles are not known';
  return observation(
    entry,
    power === 'writes' ? 'critical' : 'high',
    `gives pull requests, which run code that nobody has reviewed, ${grade}.`,
    'Make a second identity with read-only roles for pull requests, move this subject to it, and remove it here.',
  );
}

function refWildcard(entry: TrustEntry): Observation | null {
  switch (entry.reach?.branches) {
    case 'many':
      return observation(
        entry,
        'high',
        'covers more than one branch, so anyone who can push one of them gets the identity.',
        "Name the branch ('…:ref:refs/heads/main'), or trust an environment whose deployment branches are restricted.",
      );
    case 'queue':
      return observation(
        entry,
        'medium',
        'admits every branch under gh-readonly-queue/, a name that GitHub gives to merge queues but does not document as reserved.',
        'Let the jobs of the merge queue name a protected environment and trust that.',
      );
    default:
      return null;
  }
}

function tagWildcard(entry: TrustEntry): Observation | null {
  const { reach } = entry;
  // A pattern for any branch and any tag is told once, as the worse of the two.
  if (!reach || reach.branches === 'many' || (reach.tags !== 'some' && reach.tags !== 'all')) return null;
  return observation(
    entry,
    reach.tags === 'all' ? 'high' : 'medium',
    `admits ${reach.tags === 'all' ? 'every tag' : 'every tag that its pattern covers'}, and tags are rarely protected.`,
    'Protect these tags with a tag ruleset that restricts who may create them, or trust an environment whose deployment tags are restricted.',
  );
}
