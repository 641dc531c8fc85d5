import { expect, test } from 'vitest';
import { BY_REPOSITORY, flexible, github, lintOf, severityOf, undecidedOf } from '../facts.ts';

test.each<[severity: string | null, expression: string]>([
  ['high', "claims['job_workflow_ref'] matches 'org/ci/*'"],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches 'org/ci/*'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches 'org/ci/d.yml@refs/heads/*'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] matches '*/d.yml@refs/heads/main'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@main'`,
  ],
  [
    'high',
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@refs/tags/v1'`,
  ],
  [
    null,
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'other/ci/d.yml@${'a1'.repeat(20)}'`,
  ],
  [
    null,
    `claims['sub'] matches 'repo:org/app:*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'org/ci/d.yml@refs/heads/main'`,
  ],
])('workflow-ref-unpinned is %s for %s', (severity, expression) => {
  expect(severityOf(lintOf([flexible(expression)]), 'workflow-ref-unpinned')).toBe(severity);
});

test('whose workflow it is cannot be told from ids alone', () => {
  const byId = flexible(
    `claims['sub'] matches '*'${BY_REPOSITORY} and claims['job_workflow_ref'] eq 'org/ci/d.yml@refs/heads/main'`,
  );
  expect(undecidedOf(lintOf([byId]), 'workflow-ref-unpinned')).toHaveLength(1);
  const report = lintOf([byId], { github: github() });
  expect(undecidedOf(report, 'workflow-ref-unpinned')).toEqual([]);
  expect(severityOf(report, 'workflow-ref-unpinned')).toBe(null);
});
