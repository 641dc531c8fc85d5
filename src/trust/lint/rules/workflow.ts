import type { GitHubFacts, WorkflowFacts, WorkflowJob } from '../facts.ts';
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
import type { Trust } from '../trust.ts';

/** Rules about the jobs that sign in, and the machines that they run on. */
export const WORKFLOW_RULES: readonly Rule[] = [
  {
    code: 'self-hosted-runner',
    title: 'Production identity on a self-hosted runner',
    severities: ['medium'],
    why: "What one job leaves behind on the machine can wait for the next one. A production identity is one that can write, or that trusts an environment called production. Labels tell whose the machine is only where they are `self-hosted` or GitHub's own.",
    remedy: 'Use GitHub-hosted or ephemeral runners for these jobs.',
    needs: [FACTS.credentials, FACTS.roles, FACTS.runner, FACTS.workflows],
    source: SOURCES.githubSecurity,
    check: selfHostedRunner,
  },
  {
    code: 'id-token-overgranted',
    title: '`id-token: write` for more than the job that signs in',
    severities: ['high', 'low'],
    why: 'Any step of any job that has it can sign in as whatever trusts the subject. High on `pull_request_target` and where a job inherits it without need; low where every job of the workflow signs in.',
    remedy: 'Grant it in the job that signs in, and nowhere else.',
    needs: [FACTS.credentials, FACTS.workflows],
    source: SOURCES.zizmor,
    check: idTokenOvergranted,
  },
];

// GitHub: "GitHub-hosted runners". Any other label can be that of a runner, or the name of a scale set, of one's own.
const OF_GITHUB = /^(ubuntu|windows|macos)-/i;
const PRODUCTION = /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i;

function selfHostedRunner(trust: Trust): Outcome {
  if (!trust.entries.some(({ reach }) => reach !== null)) return findings([]);
  const seen = selfHosted(trust.facts.github);
  if (seen === 'no') return findings([]);
  const production =
    trust.power === 'writes' ||
    trust.entries.some(({ reach }) => PRODUCTION.test(reach?.environment?.name ?? ''));
  if (!production) return { found: [], missing: missingRoles(trust) };
  if (seen === 'unknown') {
    const files = trust.facts.github?.workflows ? '' : `, or ${MISSING.workflows}`;
    return { found: [], missing: [`claim runner_environment of a token${files}`] };
  }
  return findings([
    {
      severity: 'medium',
      message:
        'A production identity is used on a self-hosted runner, where one job can leave something behind for the next.',
      evidence: seen.evidence,
      remedy:
        'Run the jobs that sign in on GitHub-hosted runners, or on self-hosted ones that are ephemeral (one job each).',
    },
  ]);
}

function selfHosted(github: GitHubFacts | null): 'no' | 'unknown' | { readonly evidence: string } {
  if (github?.runnerEnvironment === 'self-hosted') return { evidence: 'runner_environment: self-hosted' };
  const jobs = (github?.workflows ?? []).flatMap(({ path, jobs }) =>
    jobs.filter(({ usesLogin }) => usesLogin !== false).map((job) => ({ path, job })),
  );
  const found = jobs.find(({ job }) => job.runsOn?.some((label) => label.toLowerCase() === 'self-hosted'));
  if (found)
    return { evidence: `${found.path}, job ${found.job.id}: runs-on ${found.job.runsOn?.join(', ')}` };
  if (github?.runnerEnvironment) return 'no';
  return jobs.length > 0 && jobs.every(({ job }) => job.runsOn?.some((label) => OF_GITHUB.test(label)))
    ? 'no'
    : 'unknown';
}

function idTokenOvergranted({ facts, entries }: Trust): Outcome {
  const workflows = facts.github?.workflows ?? null;
  const concerned = facts.credentials === null || entries.some(({ issuer }) => issuer.kind === 'github');
  if (!concerned) return findings([]);
  if (workflows !== null) {
    const outcomes = workflows.map(overgranted);
    return {
      found: outcomes.flatMap(({ found }) => found),
      missing: outcomes.flatMap(({ missing }) => missing),
    };
  }
  return { found: [], missing: facts.credentials === null ? [] : [MISSING.workflows] };
}

function overgranted(workflow: WorkflowFacts): Outcome {
  const target = workflow.events.includes('pull_request_target')
    ? workflow.jobs.filter((job) => (job.idToken ?? workflow.idToken) === 'write')
    : [];
  if (target.length > 0) return findings([onTarget(workflow, target)]);
  if (workflow.idToken !== 'write') return findings([]);
  const inheriting = workflow.jobs.filter(({ idToken }) => idToken === null);
  const idle = inheriting.filter(({ usesLogin }) => usesLogin === false);
  if (idle.length > 0) return findings([onIdle(workflow, idle)]);
  const unclear = inheriting.find(({ usesLogin }) => usesLogin === null);
  if (unclear)
    return {
      found: [],
      missing: [
        `whether job '${unclear.id}' of ${workflow.path} asks for an ID token in the workflow or action that it calls`,
      ],
    };
  return findings([onWhole(workflow)]);
}

const list = (jobs: readonly WorkflowJob[]) => jobs.map(({ id }) => `'${id}'`).join(', ');
const plural = (jobs: readonly WorkflowJob[]) => (jobs.length === 1 ? 'job' : 'jobs');

function onTarget({ path }: WorkflowFacts, jobs: readonly WorkflowJob[]): Observation {
  return {
    severity: 'high',
    message: `${path} runs on pull_request_target, with the rights of the base repository, and gives 'id-token: write' to ${plural(jobs)} ${list(jobs)}.`,
    evidence: `${path}: on pull_request_target, id-token: write`,
    remedy: `Remove 'id-token: write' from ${path}, and sign in from a workflow that runs on push or on a protected environment.`,
  };
}

function onIdle({ path }: WorkflowFacts, jobs: readonly WorkflowJob[]): Observation {
  return {
    severity: 'high',
    message: `${path} grants 'id-token: write' to the whole workflow, and ${plural(jobs)} ${list(jobs)} inherit${jobs.length === 1 ? 's' : ''} it without a step that is known to ask for a token.`,
    evidence: `${path}: permissions: id-token: write`,
    remedy: `Remove 'id-token: write' from the top of ${path} and add it to the permissions of the jobs that sign in.`,
  };
}

function onWhole({ path }: WorkflowFacts): Observation {
  return {
    severity: 'low',
    message: `${path} grants 'id-token: write' to the whole workflow, so a job that is added later inherits it.`,
    evidence: `${path}: permissions: id-token: write`,
    remedy: `Move 'id-token: write' from the top of ${path} to the permissions of the jobs that sign in.`,
  };
}
