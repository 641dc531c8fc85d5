import type { Cause } from '../cause.ts';
import type { AadstsEntry } from './entry.ts';

const ANY_SUBJECT: readonly Cause[] = [
  'subject-entity-type',
  'subject-environment-name',
  'subject-branch',
  'subject-tag',
  'subject-pull-request',
  'subject-immutable-format',
  'subject-custom-template',
  'subject-owner-or-repo',
  'subject-reusable-workflow',
  'propagation-delay',
];
const ANY_ISSUER: readonly Cause[] = [
  'issuer-trailing-slash',
  'issuer-enterprise',
  'issuer-ghes',
  'issuer-other',
];

/** Refusals that concern the trust: no federated identity credential agrees with the assertion. */
export const FEDERATION: readonly AadstsEntry[] = [
  {
    code: 70021,
    causes: [...ANY_SUBJECT, ...ANY_ISSUER, 'audience'],
    sentence:
      "no federated credential of '{client}' agrees with the issuer, subject and audience that this run presents.",
    remedy:
      'Compare the three presented values with the credentials character by character, or create the credential below.',
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 700211,
    causes: ANY_ISSUER,
    sentence: "no federated credential of '{client}' names the issuer '{issuer}'.",
    remedy:
      "The credential's issuer must equal the presented one exactly: no trailing slash, and with the enterprise slug or the GitHub Enterprise Server host where the token carries it.",
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 700212,
    causes: ['audience'],
    sentence: "no federated credential of '{client}' accepts the audience '{audience}'.",
    remedy:
      "Make the credential's audience and the input `audience` the same; leave the input empty for the cloud's own default.",
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 700213,
    causes: ANY_SUBJECT,
    sentence: "no federated credential of '{client}' trusts the subject '{subject}'.",
    remedy:
      'GitHub composes the subject from the repository and from the environment, pull request or ref of the run. Trust exactly the presented string, or change the job so that it presents a trusted one.',
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 7002131,
    causes: ['flexible-expression', ...ANY_SUBJECT],
    sentence: "neither an exact subject nor an expression of '{client}' matches the subject '{subject}'.",
    remedy:
      "Check the flexible credential's claimsMatchingExpression against the presented subject (matching is case-sensitive), or trust the exact subject.",
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 7002138,
    causes: ['subject-case'],
    sentence:
      "a federated credential of '{client}' differs from the subject '{subject}' only in upper and lower case.",
    remedy:
      "Entra compares case-sensitively. Replace the credential's subject by the presented string, copied exactly; if they look identical, delete the credential and create it again.",
    retry: 'never',
    fix: 'create-credential',
  },
  {
    code: 700214,
    causes: ['audience'],
    sentence: "the form of the audience '{audience}' is not accepted for this federated credential.",
    remedy:
      "Use the cloud's own audience (api://AzureADTokenExchange in the public cloud) in the credential, and leave the input `audience` empty.",
    retry: 'never',
  },
  {
    code: 70025,
    causes: ['no-credential-configured', 'client-id-unknown', 'propagation-delay'],
    sentence: "'{client}' has no federated credential at all.",
    remedy:
      'Either `client-id` names another application than the one that was prepared, or the credential was never created.',
    retry: 'propagating',
    fix: 'create-credential',
  },
  {
    code: 7000226,
    causes: ['no-credential-configured', 'client-id-unknown'],
    sentence: "Entra found no federated credential policy on the application '{client}'.",
    remedy: 'Check `client-id`, then create the credential below.',
    retry: 'never',
    fix: 'create-credential',
  },
  {
    code: 700024,
    causes: ['assertion-expired', 'clock-skew'],
    sentence:
      'Entra holds the ID token to be outside its validity, although it had just been minted (GitHub: 5 minutes).',
    remedy:
      "GitHub's and Entra's clocks disagree, or something between them held the request back for minutes. Run the job again; Entra's text holds the times that it saw.",
    retry: 'fresh-assertion',
  },
  {
    code: 700021,
    causes: ['client-id-wrong-kind'],
    sentence: "the assertion names another client than '{client}'.",
    remedy: 'Check `client-id`: the assertion must have been issued for it.',
    retry: 'never',
  },
  {
    code: 700027,
    causes: ['signature-or-jwks'],
    sentence: "the signature of the ID token does not verify with the keys that '{issuer}' publishes.",
    remedy:
      'The token was altered on its way, or the issuer serves other keys than it signs with. Nothing in the credential can mend it; behind a proxy that rewrites traffic, exempt the GitHub and Entra hosts.',
    retry: 'never',
  },
  {
    code: 7000272,
    causes: ['signature-or-jwks', 'propagation-delay'],
    sentence: "Entra does not (yet) know the key with which '{issuer}' signed the ID token.",
    remedy:
      "The issuer's keys were rotated, or Entra's copy of them is old; this passes within minutes (20 to 30 for a new issuer). Run the job again, or raise `timeout`.",
    retry: 'transient',
  },
  {
    code: 501661,
    causes: ['issuer-ghes', 'signature-or-jwks'],
    sentence: "Entra could not fetch '{issuer}/.well-known/openid-configuration', or the keys that it names.",
    remedy:
      'Both that document and its jwks_uri must answer to Entra over the internet; those of a GitHub Enterprise Server behind a firewall, or with a CA that only your machines know, do not.',
    retry: 'transient',
  },
  {
    code: 90061,
    causes: ['issuer-ghes', 'signature-or-jwks'],
    sentence: "Entra's request to the OpenID endpoints of '{issuer}' failed.",
    remedy:
      'Check that the discovery document and the jwks_uri of the issuer can be reached from the internet and are complete.',
    retry: 'transient',
  },
  {
    code: 700222,
    causes: ['issuer-other'],
    sentence: 'Entra does not accept a token of its own as assertion for this credential.',
    remedy: 'Use a managed identity of the same tenant as source, or another issuer.',
    retry: 'never',
  },
  {
    code: 700229,
    causes: ['issuer-other'],
    sentence: 'only app-only tokens may serve as assertion, and this one belongs to a user.',
    remedy: 'Present the token of an application or of a managed identity.',
    retry: 'never',
  },
  {
    code: 700223,
    causes: ['issuer-other'],
    sentence: "a policy of the tenant '{tenant}' constrains or forbids workload identity federation.",
    remedy: "A tenant administrator has to allow the issuer '{issuer}' in the tenant's policy.",
    retry: 'never',
  },
  {
    // Not in Microsoft's lists; its text was read at sysadmin-central.com (June 2026).
    code: 700236,
    causes: ['issuer-other', 'tenant-wrong'],
    sentence:
      "'{client}' does not accept a token of Entra's issuer '{issuer}': an application and the managed identity that it trusts must be of one tenant.",
    remedy:
      'Register the application in the tenant of the managed identity, as a multi-tenant one, and give it a service principal in the tenant to sign in to.',
    retry: 'never',
  },
  {
    code: 700238,
    causes: ['issuer-other'],
    sentence:
      "a policy of the tenant '{tenant}' does not allow the issuer '{issuer}' for this kind of identity.",
    remedy: 'A tenant administrator has to allow the issuer for this kind of identity.',
    retry: 'never',
  },
  {
    code: 7002381,
    causes: ['issuer-enterprise', 'other'],
    sentence:
      "the tenant '{tenant}' accepts GitHub tokens only of certain enterprises, and this repository's token does not name one of them.",
    remedy:
      "Run the workflow from a repository of the allowed GitHub enterprise (the `enterprise` claim), or have the tenant's administrator allow this one.",
    retry: 'never',
  },
  {
    code: 700233,
    causes: ['flexible-expression'],
    sentence: "an expression of a flexible credential of '{client}' cannot be parsed.",
    remedy: "Correct the credential's claimsMatchingExpression.",
    retry: 'never',
  },
  {
    code: 700234,
    causes: ['flexible-expression'],
    sentence: "an expression of a flexible credential of '{client}' could not be evaluated.",
    remedy: "Check that every claim which the expression names is in this run's ID token.",
    retry: 'never',
  },
  {
    code: 700235,
    causes: ['flexible-expression'],
    sentence: "flexible credentials are not supported on '{client}'.",
    remedy: 'Use exact subjects here; expressions work on application objects only.',
    retry: 'never',
  },
  {
    code: 700237,
    causes: ['flexible-expression'],
    sentence:
      "an expression of a flexible credential of '{client}' uses an operator or a claim that is not allowed.",
    remedy:
      'For GitHub: `sub` and `job_workflow_ref` with eq or matches, `repository_id` and `repository_owner_id` with eq.',
    retry: 'never',
  },
  {
    code: 7002241,
    causes: ['flexible-expression', 'issuer-enterprise', 'issuer-ghes'],
    sentence: "the issuer '{issuer}' may not use flexible credentials.",
    remedy:
      'Expressions work for https://token.actions.githubusercontent.com only; use exact subjects for other issuers.',
    retry: 'never',
  },
  {
    code: 70052,
    causes: ['client-id-wrong-kind'],
    sentence: "'{client}' must be a managed identity or a single-tenant application for this kind of trust.",
    remedy: 'Make the application single-tenant, or use a user-assigned managed identity.',
    retry: 'never',
  },
];
