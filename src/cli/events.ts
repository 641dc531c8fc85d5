/**
 * Events that start a run. GitHub: "Events that trigger workflows", and `dynamic` for the workflows that GitHub itself
 * keeps. `workflow_call` is none: a workflow that is called runs for the event of its caller.
 */
const EVENTS: readonly string[] = [
  ...['branch_protection_rule', 'check_run', 'check_suite', 'create', 'delete', 'deployment'],
  ...['deployment_status', 'discussion', 'discussion_comment', 'dynamic', 'fork', 'gollum', 'image_version'],
  ...[
    'issue_comment',
    'issues',
    'label',
    'merge_group',
    'milestone',
    'page_build',
    'project',
    'project_card',
  ],
  ...['project_column', 'public', 'pull_request', 'pull_request_review', 'pull_request_review_comment'],
  ...[
    'pull_request_target',
    'push',
    'registry_package',
    'release',
    'repository_dispatch',
    'schedule',
    'status',
  ],
  ...['watch', 'workflow_dispatch', 'workflow_run'],
];

/** Warnings of an event that no run of GitHub has. */
export function unknownEvent(event: string): string[] {
  if (EVENTS.includes(event)) return [];
  if (event === 'workflow_call')
    return ['no run has the event workflow_call: give the event that the calling workflow runs for'];
  const near = EVENTS.filter((known) => distance(event, known) <= Math.max(2, event.length / 4));
  const meant = near.length > 0 ? `near it: ${near.join(', ')}` : 'such as push, pull_request, schedule';
  return [`--event names no event that GitHub documents; ${meant}`];
}

/** How many characters must be put in, left out or changed to make one text of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
