import type { Cause } from '../cause.ts';

/** What each cause means, in one sentence. With `MEANING_ELSEWHERE` the only place where a cause is put into words. */
export const MEANING: Readonly<Record<Cause, string>> = {
  'subject-entity-type':
    'The run presents a subject of another kind (environment, branch, tag or pull request) than the federated credential trusts.',
  'subject-branch': 'The run is for another branch than the federated credential trusts.',
  'subject-tag':
    'The run is for a tag that no federated credential trusts; an exact subject takes no pattern such as v*.',
  'subject-case':
    'The subject differs from the federated credential only in upper and lower case, and Entra compares case-sensitively.',
  'subject-owner-or-repo':
    'The federated credential names another owner or repository than the run presents.',
  'subject-immutable-format':
    'One side holds the immutable subject, with the ids of owner and repository, and the other the name-based one.',
  'subject-environment-name': 'The job runs in another environment than the federated credential trusts.',
  'subject-custom-template':
    'The subject of this repository is customised by a template of the repository or the organisation, and the federated credential is written for another form.',
  'subject-reusable-workflow':
    "With a reusable workflow the subject is the caller's; the called workflow stands only in the claim job_workflow_ref.",
  'subject-pull-request':
    'A pull request presents a subject that ends in pull_request, with an underscore, whatever its branches are, and no federated credential trusts that.',
  'issuer-trailing-slash': 'The issuers differ by a slash at the end; GitHub presents none.',
  'issuer-enterprise':
    "The issuer or the enterprise claim is that of a GitHub enterprise, and the federated credential or the tenant's policy expects another.",
  'issuer-ghes':
    'The issuer is that of a GitHub Enterprise Server or of GHE.com: the credential must name it, and Entra must be able to reach it over the internet.',
  'issuer-other':
    'No federated credential names the issuer that is presented, or the tenant does not accept it.',
  audience: 'The audience of the token is not the one that the federated credential accepts.',
  'client-id-unknown': 'Entra finds no application with this client id in this tenant.',
  'client-id-wrong-kind': 'The client id is an id of another kind, or of an application of the wrong kind.',
  'tenant-wrong': 'The tenant is not the one in which the application or the subscription lives.',
  'no-service-principal':
    'The application has no service principal in this tenant, so nobody can sign in as it.',
  'no-credential-configured': 'The application or identity has no federated credential at all.',
  'propagation-delay':
    'What was set up or assigned has not reached every node of Entra or Azure yet; that takes minutes.',
  'assertion-expired': 'The ID token was presented after its five minutes were over.',
  'clock-skew': 'The clocks of the machines that issued, presented and judged the ID token disagree.',
  'missing-id-token-permission':
    'The job may not ask GitHub for an ID token: `id-token: write` was not granted.',
  'fork-or-dependabot':
    'The run was started from a fork or by Dependabot, and such runs get neither the secrets nor, by default, an ID token.',
  'missing-inputs': 'Ids that the sign-in needs were empty when they reached the step.',
  'no-role-assignment': 'Signing in worked; the principal lacks a role for what it tries to do.',
  'no-subscription':
    'Signing in worked; the principal sees no such subscription, because it has no role in it.',
  'conditional-access': 'A Conditional Access policy blocks the sign-in.',
  'app-disabled': 'The application or its service principal is disabled.',
  'credential-limit': 'An application or identity holds 20 federated credentials at most.',
  'flexible-expression':
    'The expression of a flexible federated credential is refused by Entra or does not hold for this token.',
  'signature-or-jwks':
    'Entra could not verify the signature of the assertion with the keys that its issuer publishes.',
  'network-transient': 'A request between the runner, GitHub, Entra and Azure failed on its way.',
  other: 'The evidence fits none of the known causes of a broken trust.',
};

/** The same for assertions that GitHub did not issue, where it would say otherwise. */
export const MEANING_ELSEWHERE: Partial<Readonly<Record<Cause, string>>> = {
  'issuer-trailing-slash': 'The issuers differ by a slash at the end.',
  'assertion-expired': 'The assertion was presented after its end.',
  'clock-skew': 'The clocks of the machines that issued, presented and judged the assertion disagree.',
  'network-transient': 'A request between the runner, Entra and Azure failed on its way.',
  other: 'No federated credential trusts the subject that is presented, or the evidence fits no known cause.',
};
