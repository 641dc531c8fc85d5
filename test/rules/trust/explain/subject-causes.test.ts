import { expect, test } from 'vitest';
import { subjectCauses } from '../../../../src/trust/explain/subject-causes.ts';

const MAIN = 'repo:acme/shop:ref:refs/heads/main';
const TAG = 'repo:acme/shop:ref:refs/tags/v1.0';
const PROD = 'repo:acme/shop:environment:prod';
const PULL = 'repo:acme/shop:pull_request';
const QUEUE = 'repo:acme/shop:ref:refs/heads/gh-readonly-queue/main/pr-7-0123abcd';
const CALLEE = 'acme/wf/.github/workflows/deploy.yml@refs/heads/main';

test.each<[string, string, string, readonly string[]]>([
  ['the same subject', MAIN, MAIN, []],
  ['another letter case', MAIN, 'Repo:Acme/Shop:ref:refs/heads/main', ['subject-case']],
  [
    'another case of the owner, and another branch',
    MAIN,
    'repo:ACME/shop:ref:refs/heads/dev',
    ['subject-case', 'subject-branch'],
  ],
  [
    'another case of the repository, and another branch',
    MAIN,
    'repo:acme/Shop:ref:refs/heads/dev',
    ['subject-case', 'subject-branch'],
  ],
  [
    'another repository, and another case of the environment',
    PROD,
    'repo:acme/store:environment:Prod',
    ['subject-owner-or-repo', 'subject-case'],
  ],

  // Kinds of run.
  ['an environment for a pull request', PULL, PROD, ['subject-entity-type']],
  ['a pull request for an environment', PROD, PULL, ['subject-entity-type']],
  ['a branch for a pull request', PULL, MAIN, ['subject-pull-request', 'subject-entity-type']],
  ['a tag for a branch', MAIN, TAG, ['subject-entity-type']],
  ['a pull request for a tag', TAG, PULL, ['subject-tag', 'subject-entity-type']],
  ['a branch for a merge queue', QUEUE, MAIN, ['subject-branch']],
  ['an environment for a merge queue', QUEUE, PROD, ['subject-entity-type']],
  ['a merge queue of another request', QUEUE, QUEUE.replace('pr-7', 'pr-8'), ['subject-branch']],
  ['a merge queue into another branch', QUEUE, QUEUE.replace('main/pr', 'dev/pr'), ['subject-branch']],
  ['a merge queue of another commit', QUEUE, QUEUE.replace('abcd', 'abce'), ['subject-branch']],
  ['only the repository', PROD, 'repo:acme/shop', ['subject-entity-type']],
  ['a run that presents only the repository', 'repo:acme/shop', PROD, ['subject-entity-type']],
  ['another repository, both without more', 'repo:acme/shop', 'repo:acme/store', ['subject-owner-or-repo']],

  // What GitHub never writes, by what was meant.
  ['a star for a branch', MAIN, 'repo:acme/shop:*', ['subject-branch', 'subject-entity-type']],
  [
    'a star for an environment',
    PROD,
    'repo:acme/shop:*',
    ['subject-environment-name', 'subject-entity-type'],
  ],
  ['a star for a tag', TAG, 'repo:acme/shop:*', ['subject-tag', 'subject-entity-type']],
  ['a star for a pull request', PULL, 'repo:acme/shop:*', ['subject-pull-request', 'subject-entity-type']],
  ['a star for a merge queue', QUEUE, 'repo:acme/shop:*', ['subject-branch', 'subject-entity-type']],
  [
    'a star for a ref that has no kind',
    'repo:acme/shop:ref:refs/notes/x',
    'repo:acme/shop:*',
    ['subject-entity-type'],
  ],
  [
    'another ref that has no kind',
    'repo:acme/shop:ref:refs/notes/x',
    'repo:acme/shop:ref:refs/notes/y',
    ['subject-entity-type'],
  ],
  ['a branch without ref:', MAIN, 'repo:acme/shop:refs/heads/main', ['subject-branch']],
  ['branch: for the ref', MAIN, 'repo:acme/shop:branch:main', ['subject-branch']],
  ['a tag without its folder', TAG, 'repo:acme/shop:ref:refs/v1.0', ['subject-tag']],
  ['a tag with the folder misspelt', TAG, 'repo:acme/shop:ref:refs/tag/v1.0', ['subject-tag']],
  ['env for environment', PROD, 'repo:acme/shop:env:prod', ['subject-environment-name']],
  ['a hyphen for the underscore', PULL, 'repo:acme/shop:pull-request', ['subject-pull-request']],
  [
    'the same for a run in an environment',
    PROD,
    'repo:acme/shop:pull-request',
    ['subject-entity-type', 'subject-pull-request'],
  ],
  [
    'a branch that holds pr inside a word',
    MAIN,
    'repo:acme/shop:sprint',
    ['subject-branch', 'subject-entity-type'],
  ],
  [
    'a misspelt branch for a run in an environment',
    PROD,
    'repo:acme/shop:refs/heads/main',
    ['subject-entity-type', 'subject-branch'],
  ],

  // Names and ids.
  [
    'another owner of the same name',
    'repo:acme@1/shop@3:pull_request',
    'repo:acme@2/shop@3:pull_request',
    ['subject-owner-or-repo'],
  ],
  [
    'a repository created anew',
    'repo:acme@1/shop@3:pull_request',
    'repo:acme@1/shop@4:pull_request',
    ['subject-owner-or-repo'],
  ],
  ['ids on one side', PROD, 'repo:acme@1/shop@3:environment:prod', ['subject-immutable-format']],
  [
    'ids on one side, and another environment',
    PROD,
    'repo:acme@1/shop@3:environment:dev',
    ['subject-immutable-format', 'subject-environment-name'],
  ],

  // A credential that is in no form of GitHub's.
  ['no owner', MAIN, 'repo:shop:ref:refs/heads/main', ['subject-owner-or-repo']],
  ['no owner, for a pull request', PULL, 'repo:shop:pull_request', ['subject-owner-or-repo']],
  ['no repo:', PROD, 'acme/shop:environment:prod', ['subject-owner-or-repo']],
  ['repos for repo', MAIN, 'repos:acme/shop:ref:refs/heads/main', ['subject-owner-or-repo']],
  ['a folder too many', PROD, 'repo:acme/shop/api:environment:prod', ['subject-owner-or-repo']],
  [
    'the address of the repository',
    PROD,
    'repo:https://github.com/acme/shop:environment:prod',
    ['subject-owner-or-repo'],
  ],
  [
    'no owner, and another branch',
    MAIN,
    'repo:shop:ref:refs/heads/dev',
    ['subject-owner-or-repo', 'subject-branch'],
  ],
  ['nothing of a subject', MAIN, 'acme/shop', ['subject-owner-or-repo', 'other']],

  // Templates.
  [
    'the called workflow',
    MAIN,
    `job_workflow_ref:${CALLEE}`,
    ['subject-reusable-workflow', 'subject-custom-template'],
  ],
  [
    'the called workflow behind the repository',
    MAIN,
    `repo:acme/shop:job_workflow_ref:${CALLEE}`,
    ['subject-reusable-workflow', 'subject-custom-template'],
  ],
  ['a template that the run does not follow', MAIN, `${MAIN}:workflow:Deploy`, ['subject-custom-template']],
  [
    'a template that ends as the default does',
    PROD,
    'repository_id:2:environment:prod',
    ['subject-custom-template'],
  ],
  ['only the environment', PROD, 'environment:prod', ['subject-custom-template']],
  [
    'a template that the credential does not follow',
    'repository_owner_id:1:environment:prod',
    PROD,
    ['subject-custom-template'],
  ],
  [
    'other claims than the template has',
    'repository_id:2:environment:prod',
    'repository_owner_id:1:repository_id:2',
    ['subject-custom-template'],
  ],
  [
    'the same claims in another order',
    'environment:prod:repository_id:2',
    'repository_id:2:environment:prod',
    ['subject-custom-template'],
  ],
  [
    'another environment in a template',
    'repository_id:2:environment:prod',
    'repository_id:2:environment:dev',
    ['subject-environment-name'],
  ],
  [
    'another repository in a template',
    'repository_id:2:environment:prod',
    'repository_id:3:environment:prod',
    ['subject-owner-or-repo'],
  ],
  [
    'another branch in a template',
    'repository_id:2:ref:refs/heads/main',
    'repository_id:2:ref:refs/heads/dev',
    ['subject-branch'],
  ],
  [
    'a tag in a template',
    'repository_id:2:ref:refs/tags/v1',
    'repository_id:2:ref:refs/heads/main',
    ['subject-tag'],
  ],
  [
    'another called workflow in a template',
    `repository_id:2:job_workflow_ref:${CALLEE}`,
    `repository_id:2:job_workflow_ref:${CALLEE}x`,
    ['subject-reusable-workflow'],
  ],
  [
    'another actor in a template',
    'repository_id:2:actor:mona',
    'repository_id:2:actor:hubot',
    ['subject-custom-template'],
  ],
  [
    'two claims of a template',
    'repository_id:2:ref:refs/heads/main',
    'repository_id:3:ref:refs/heads/dev',
    ['subject-owner-or-repo', 'subject-branch'],
  ],
  ['a subject that GitHub never writes', 'user:mona', MAIN, ['other']],
  ['two of them', 'user:mona', 'user:hubot', ['other']],

  // What a log masks, or a report leaves out, is not known to differ.
  ['a masked owner', 'repo:***/shop:environment:prod', PROD, []],
  ['a masked repository', 'repo:acme/***:environment:prod', PROD, []],
  ['a placeholder in the credential', PROD, 'repo:<owner>/<repository>:environment:prod', []],
  ['a masked environment', 'repo:acme/shop:environment:***', PROD, []],
  ['a masked branch', 'repo:acme/shop:ref:refs/heads/***', MAIN, []],
  [
    'a masked owner and another environment',
    'repo:***/shop:environment:prod',
    'repo:acme/shop:environment:dev',
    ['subject-environment-name'],
  ],
  ['a masked environment and a branch', 'repo:acme/shop:environment:***', MAIN, ['subject-entity-type']],
  ['a star that is no mask', MAIN, 'repo:acme/*:ref:refs/heads/main', ['subject-owner-or-repo']],
])('%s', (_, presented, configured, causes) => {
  expect(subjectCauses(presented, configured)).toEqual(causes);
});
