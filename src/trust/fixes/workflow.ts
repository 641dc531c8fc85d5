import { NOT_BY_DEPENDABOT, NOT_FROM_A_FORK } from '../job-condition.ts';
import { yaml } from './escape.ts';

/** The job of a workflow that runs in the environment that a credential trusts. */
export function inEnvironment(environment: string): string {
  return `jobs:\n  deploy:\n    environment: ${yaml(environment)}`;
}

export const PERMISSIONS =
  'permissions:\n  id-token: write   # to ask GitHub for the ID token\n  contents: read    # for actions/checkout';

/** A reusable workflow gets no more than the job that calls it grants. */
export const CALLER_PERMISSIONS =
  'jobs:\n  call:\n    permissions:\n      id-token: write\n      contents: read\n    uses: <owner>/<repository>/.github/workflows/<called workflow>.yml@<ref>';

/** The job that neither forks nor Dependabot start. */
export const FOR_NEITHER = `jobs:\n  deploy:\n    if: (${NOT_FROM_A_FORK}) && ${NOT_BY_DEPENDABOT}`;

/** The job that Dependabot does not start. */
export const NOT_FOR_DEPENDABOT = `# Skip the job for Dependabot, or grant the permission and keep the ids among the Dependabot secrets:\njobs:\n  deploy:\n    if: ${NOT_BY_DEPENDABOT}`;

export const INPUTS =
  'jobs:\n  deploy:\n    # Needed when the values are kept in an environment:\n    environment: <environment>\n    steps:\n      - uses: <this action>\n        with:\n          client-id: ${{ vars.AZURE_CLIENT_ID }}\n          tenant-id: ${{ vars.AZURE_TENANT_ID }}';

/** Where a certificate is not trusted: the CA that Node is to trust beside its own, and Python, in which az is written. */
export const TRUST_CA =
  'jobs:\n  deploy:\n    env:\n      NODE_EXTRA_CA_CERTS: <path of a PEM file on the runner>\n      REQUESTS_CA_BUNDLE: <path of a PEM file on the runner>   # az and Python; it takes the place of their own CAs';

/** An input of the step that signs in. */
export function input(name: string, value: string): string {
  return `steps:\n  - uses: <this action>\n    with:\n      ${name}: ${yaml(value)}`;
}
