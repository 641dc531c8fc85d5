import { hasWildcard, type Reach } from '../reach.ts';
import { FACTS, type Observation, type Outcome, type Rule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import type { Trust, TrustEntry } from '../trust.ts';

/** A called workflow is as trustworthy as its caller and the ref that it is called at. */
export const WORKFLOW_REF_RULES: readonly Rule[] = [
  {
    code: 'workflow-ref-unpinned',
    title: 'Called workflow without its caller, or at a mutable ref',
    severities: ['high'],
    why: '`job_workflow_ref` says which workflow runs, not who called it with which inputs; and whoever can move the ref changes what runs.',
    remedy: "Compare the caller's `repository_id` as well, and name one ref: of your own owner, or a commit.",
    needs: [FACTS.credentials, FACTS.repository],
    source: SOURCES.workflowRef,
    check: workflowRefUnpinned,
  },
];

const OF_WORKFLOW = /^([^/@]*)\/.*?(?:@(.*))?$/s;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

function workflowRefUnpinned(trust: Trust): Outcome {
  const found: Observation[] = [];
  const missing: string[] = [];
  for (const entry of trust.entries) {
    const { reach, credential } = entry;
    for (const workflow of reach?.workflowRefs ?? []) {
      const reason = reach === null ? null : reasonOf(workflow, reach, trust);
      if (reason === 'owner not known')
        missing.push(`name of the owner whose repository credential '${credential.name}' admits by id`);
      else if (reason !== null) found.push(unpinned(entry, workflow, reason));
    }
  }
  return { found, missing };
}

function reasonOf(workflow: string, reach: Reach, trust: Trust): string | null {
  if (reach.owner !== 'one')
    return 'without the repository that calls it, so any repository can call it with inputs of its own';
  const [, workflowOwner = workflow, ref = ''] = OF_WORKFLOW.exec(workflow) ?? [];
  if (hasWildcard(workflowOwner)) return 'whose owner is a pattern, so anyone can write it';
  if (ref === '' || hasWildcard(ref))
    return 'at any ref that the pattern covers, so who can push one changes what runs';
  if (COMMIT.test(ref)) return null;
  const caller = callerOf(reach, trust);
  if (caller === null) return 'owner not known';
  // GitHub was seen to write the owner here in lower case.
  return caller.toLowerCase() === workflowOwner.toLowerCase()
    ? null
    : `of another owner ('${workflowOwner}') at '${ref}', which that owner can move`;
}

function callerOf({ ownerName, ownerId, repositoryId }: Reach, { facts }: Trust): string | null {
  if (ownerName !== null) return ownerName;
  const known = [
    ...(facts.github?.repositories ?? []),
    ...(facts.github?.repository ? [facts.github.repository] : []),
  ];
  const same = (a: string | null, b: string | null) => a !== null && a === b;
  const repository = known.find((each) => same(each.id, repositoryId) || same(each.ownerId, ownerId));
  return repository?.fullName.split('/')[0] ?? null;
}

function unpinned({ credential }: TrustEntry, workflow: string, reason: string): Observation {
  return {
    severity: 'high',
    credential: credential.name,
    message: `Credential '${credential.name}' trusts a called workflow ${reason}.`,
    evidence: `job_workflow_ref: ${workflow}`,
    remedy:
      "Add ` and claims['repository_id'] eq 'ID'` for the caller, and name one ref of the called workflow: a protected branch of your own owner, or a full commit SHA.",
  };
}
