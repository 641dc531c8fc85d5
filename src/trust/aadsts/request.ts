import type { AadstsEntry } from './entry.ts';

const OURS =
  'This should not happen with inputs that were accepted: please report it with the correlation id.';

/** Refusals that concern what was asked for: scope, resource, form of the request or of the assertion. */
export const REQUEST: readonly AadstsEntry[] = [
  {
    code: 500011,
    causes: ['other'],
    sentence: "the tenant '{tenant}' knows no resource for the scope '{scope}'.",
    remedy:
      'Check the resource in `tokens` (spelling, trailing slash, cloud); the resource needs a service principal in this tenant.',
    retry: 'never',
  },
  {
    code: 50001,
    causes: ['other'],
    sentence: "the resource of the scope '{scope}' is disabled or not installed in the tenant '{tenant}'.",
    remedy: 'Check the resource in `tokens`, and that its service principal is enabled in this tenant.',
    retry: 'never',
  },
  {
    code: 650052,
    causes: ['other'],
    sentence: "the tenant '{tenant}' has not enabled the service behind the scope '{scope}'.",
    remedy: "Provision the service's own service principal in the tenant, or subscribe to the service.",
    retry: 'never',
  },
  {
    code: 501051,
    causes: ['no-role-assignment'],
    sentence:
      "the resource of the scope '{scope}' admits assigned principals only, and '{client}' is not assigned.",
    remedy: "Assign an app role of the resource to the service principal of '{client}'.",
    retry: 'never',
  },
  {
    code: 50105,
    causes: ['no-role-assignment'],
    sentence: "'{client}' is not assigned to a role of the application behind the scope '{scope}'.",
    remedy: 'Assign it, or switch off "Assignment required" on the enterprise application.',
    retry: 'never',
  },
  {
    code: 1002012,
    causes: ['other'],
    sentence:
      "the scope '{scope}' is not valid for a workload: it must be one resource followed by /.default.",
    remedy: 'Correct the entry of `tokens`.',
    retry: 'never',
  },
  {
    code: 70011,
    causes: ['other'],
    sentence: "Entra does not accept '{scope}' as a scope.",
    remedy: 'Correct the entry of `tokens`: one resource, followed by /.default.',
    retry: 'never',
  },
  {
    code: 700022,
    causes: ['other'],
    sentence: "the scope '{scope}' names more than one resource.",
    remedy: 'Ask for each resource in a line of its own in `tokens`.',
    retry: 'never',
  },
  {
    code: 700023,
    causes: ['other'],
    sentence: "the scope '{scope}' names no resource.",
    remedy: 'Correct the entry of `tokens`: one resource, followed by /.default.',
    retry: 'never',
  },
  {
    code: 900144,
    causes: ['other'],
    sentence: 'the token request lacks a parameter that Entra demands.',
    remedy: `Entra names the parameter below. ${OURS}`,
    retry: 'never',
  },
  {
    code: 70003,
    causes: ['other'],
    sentence: 'Entra does not support the grant type of the token request.',
    remedy: OURS,
    retry: 'never',
  },
  {
    code: 90014,
    causes: ['other'],
    sentence: 'a field that Entra requires is missing from the token request.',
    remedy: OURS,
    retry: 'never',
  },
  {
    code: 9002313,
    causes: ['other'],
    sentence: 'Entra holds the token request to be malformed.',
    remedy: `A proxy may have altered it. ${OURS}`,
    retry: 'never',
  },
  {
    code: 50013,
    causes: ['signature-or-jwks'],
    sentence: 'the assertion is not valid: issuer, time, format or signature is wrong.',
    remedy: 'Entra says below which; a proxy that rewrites traffic is the usual culprit.',
    retry: 'never',
  },
  {
    code: 50027,
    causes: ['signature-or-jwks'],
    sentence: 'the ID token reached Entra malformed or cut short.',
    remedy: 'A proxy that rewrites or shortens requests is the usual culprit.',
    retry: 'never',
  },
  {
    code: 7000216,
    causes: ['other'],
    sentence: 'the token request reached Entra with neither an assertion nor a secret.',
    remedy: `A proxy may have altered it. ${OURS}`,
    retry: 'never',
  },
  {
    code: 7000218,
    causes: ['other'],
    sentence: 'the token request reached Entra without an assertion.',
    remedy: `A proxy may have altered it. ${OURS}`,
    retry: 'never',
  },
  {
    code: 7000215,
    causes: ['other'],
    sentence: 'Entra was given a client secret, and it is not valid.',
    remedy: 'This action presents no secret: whatever sent it is another step. Use federation there too.',
    retry: 'never',
  },
  {
    code: 7000222,
    causes: ['other'],
    sentence: 'Entra was given a client secret that has expired.',
    remedy: 'This action presents no secret: whatever sent it is another step. Use federation there too.',
    retry: 'never',
  },
  {
    code: 700030,
    causes: ['other'],
    sentence: 'Entra was given a certificate whose subject name is not authorised.',
    remedy: 'This action presents no certificate: whatever sent it is another step.',
    retry: 'never',
  },
  {
    code: 100007,
    causes: ['other'],
    sentence: 'a regional endpoint of Entra was asked, which does not serve federation.',
    remedy: 'Use the global authority; nothing on the path may rewrite it to a region.',
    retry: 'never',
  },
];
