import { PULL_REQUEST_EVENTS } from '../../subject/predict.ts';
import type { WorkflowFacts } from '../facts.ts';
import {
  FACTS,
  findings,
  MISSING,
  missingRoles,
  type Observation,
  type Outcome,
  type Rule,
} from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

/** What a pull request may plan with must not be what applies. */
export const PLAN_AND_APPLY_RULES: readonly Rule[] = [
  {
    code: 'plan-and-apply-shared',
    title: 'One identity for plan and apply',
    severities: ['high'],
    why: 'Pull requests plan with code that nobody has reviewed; the identity that applies reviewed code can write. Not raised when all roles only read.',
    remedy:
      'Use two identities: one that reads for pull requests, one that writes for the branch or environment.',
    needs: [FACTS.credentials, FACTS.roles, FACTS.workflows],
    source: SOURCES.pullRequests,
    check: planAndApplyShared,
  },
];

function planAndApplyShared(trust: Trust): Outcome {
  const outcome = sharing(trust);
  if (trust.power === 'writes' || trust.power === 'unknown') return outcome;
  const open = outcome.found.length > 0 || outcome.missing.length > 0;
  return { found: [], missing: open ? missingRoles(trust) : [] };
}

function sharing({ entries, facts }: Trust): Outcome {
  const workflows = facts.github?.workflows ?? null;
  const runs = workflows === null ? null : environmentRuns(workflows);
  const plan =
    entries.find(({ reach }) => reach?.pullRequest) ?? entries.find((entry) => plansIn(entry, runs));
  if (plan !== undefined) {
    const apply = entries.find((entry) => applies(entry, runs));
    return findings(apply === undefined ? [] : [shared(plan, apply)]);
  }
  const byEnvironment = entries.some(({ reach }) => reach?.environment);
  return { found: [], missing: runs === null && byEnvironment ? [MISSING.workflows] : [] };
}

/** By environment, in lower case: for which events jobs sign in there. */
interface Runs {
  readonly forPullRequests: ReadonlySet<string>;
  readonly forOthers: ReadonlySet<string>;
}

function environmentRuns(workflows: readonly WorkflowFacts[]): Runs {
  const forPullRequests = new Set<string>();
  const forOthers = new Set<string>();
  for (const { events, jobs } of workflows) {
    const names = jobs.flatMap(({ environment, usesLogin }) =>
      usesLogin === false || environment === null ? [] : [environment.toLowerCase()],
    );
    for (const name of names) {
      if (events.some((event) => PULL_REQUEST_EVENTS.includes(event))) forPullRequests.add(name);
      if (events.some((event) => !PULL_REQUEST_EVENTS.includes(event))) forOthers.add(name);
    }
  }
  return { forPullRequests, forOthers };
}

function plansIn({ reach }: TrustEntry, runs: Runs | null): boolean {
  const environment = reach?.environment?.name?.toLowerCase();
  return environment !== undefined && runs?.forPullRequests.has(environment) === true;
}

/** Whether reviewed code signs in with it: by a branch or tag, or by an environment that is not for pull requests alone. */
function applies({ reach }: TrustEntry, runs: Runs | null): boolean {
  if (reach === null) return false;
  if (reach.branches !== 'none' || reach.tags !== 'none') return true;
  if (reach.environment === null) return false;
  const name = reach.environment.name?.toLowerCase();
  if (runs === null || name === undefined) return true;
  return runs.forOthers.has(name) || !runs.forPullRequests.has(name);
}

function shared(plan: TrustEntry, apply: TrustEntry): Observation {
  const [planned, applied] = [plan.credential.name, apply.credential.name];
  const by =
    planned === applied
      ? `both through '${planned}'`
      : `the former through '${planned}', the latter through '${applied}'`;
  return {
    severity: 'high',
    credential: planned,
    message: `Pull requests and reviewed code sign in as the same identity, ${by}.`,
    evidence: [...new Set([plan, apply].map(({ credential }) => describe(credential)))].join('; '),
    remedy: `Make a second identity with read-only roles, move what pull requests use ('${planned}') to it, and remove it here.`,
  };
}

function describe({ name, subject, claimsMatchingExpression }: TrustEntry['credential']): string {
  return `${name}: ${claimsMatchingExpression?.value ?? subject ?? ''}`;
}
