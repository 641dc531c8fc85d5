import type { GitHubDirectory } from './github/rest/entities.ts';

/** A job's own token (`contents: read` and `actions: read`), which may not change anything. */
export const JOB_TOKEN = 'ghs_octoJobTokenOfTheEmulator000000000000';
/** A classic token of an owner of the organization. */
export const ADMIN_TOKEN = 'ghp_octoAdminTokenOfTheEmulator0000000000';
/** A fine-grained token that reads metadata and nothing else. */
export const BARE_TOKEN = 'github_pat_octoBareTokenOfTheEmulator0000000';

const DEPLOY = `name: Deploy
on:
  push:
    branches: [main]
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    permissions:
      id-token: write
      contents: read
    steps:
      - uses: actions/checkout@v5
      - uses: entra-federate/entra-federate@v1
`;

/** The run's repository with one protected environment and its workflow; one repository and one user beside it. */
export function defaultGitHub(): GitHubDirectory {
  const reviewers = {
    id: 1,
    node_id: 'GA_1',
    type: 'required_reviewers',
    prevent_self_review: true,
    reviewers: [],
  };
  return {
    accounts: [
      { login: 'octo-org', id: '65432', type: 'Organization' },
      { login: 'octocat', id: '583231', type: 'User' },
    ],
    repositories: [
      {
        owner: 'octo-org',
        name: 'octo-repo',
        id: '74321',
        visibility: 'private',
        defaultBranch: 'main',
        environments: [
          {
            name: 'production',
            protectionRules: [reviewers, { id: 2, node_id: 'GA_2', type: 'branch_policy' }],
            branchPolicy: { protected_branches: true, custom_branch_policies: false },
          },
          { name: 'staging', protectionRules: [], branchPolicy: null },
        ],
        files: { '.github/workflows/deploy.yml': DEPLOY, 'README.md': '# octo-repo\n' },
      },
      {
        owner: 'octocat',
        name: 'hello-world',
        id: '1296269',
        visibility: 'public',
        defaultBranch: 'main',
        environments: [],
        files: {},
      },
    ],
    tokens: [
      {
        token: JOB_TOKEN,
        kind: 'installation',
        permissions: { metadata: 'read', contents: 'read', actions: 'read' },
        repositories: ['octo-org/octo-repo'],
      },
      { token: ADMIN_TOKEN, kind: 'classic', scopes: ['repo', 'admin:org'] },
      { token: BARE_TOKEN, kind: 'fine-grained', permissions: { metadata: 'read' } },
    ],
    templates: {},
  };
}
