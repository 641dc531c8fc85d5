import type { AadstsEntry } from './entry.ts';

/** Refusals that concern who signs in where: client, service principal, tenant, cloud. */
export const PRINCIPAL: readonly AadstsEntry[] = [
  {
    code: 700016,
    causes: ['client-id-unknown', 'tenant-wrong', 'client-id-wrong-kind', 'propagation-delay'],
    sentence: "the tenant '{tenant}' has no application with the client id '{client}'.",
    remedy:
      "`client-id` must be the application (client) id, not the object id, of an application or a managed identity in the tenant `tenant-id`, in the cloud '{cloud}', and not deleted.",
    retry: 'propagating',
  },
  {
    code: 7000229,
    causes: ['no-service-principal', 'propagation-delay'],
    sentence: "the application '{client}' has no service principal in the tenant '{tenant}'.",
    remedy: 'An application can sign in only where it has a service principal (enterprise application).',
    retry: 'propagating',
    fix: 'create-service-principal',
  },
  {
    code: 7000112,
    causes: ['app-disabled'],
    sentence: "the service principal of '{client}' is disabled in the tenant '{tenant}'.",
    remedy: 'Someone switched sign-in off for it. If that was not on purpose, enable it again.',
    retry: 'never',
    fix: 'enable-service-principal',
  },
  {
    code: 70001,
    causes: ['app-disabled', 'client-id-unknown'],
    sentence: "the application '{client}' is disabled or unknown in the tenant '{tenant}'.",
    remedy: 'Check `client-id`, and that sign-in is enabled for its enterprise application.',
    retry: 'never',
    fix: 'enable-service-principal',
  },
  {
    code: 700025,
    causes: ['client-id-wrong-kind'],
    sentence: "'{client}' is a public client, which may present neither an assertion nor a secret.",
    remedy: 'Use a confidential application: switch off "Allow public client flows" or register another one.',
    retry: 'never',
  },
  {
    code: 7000232,
    causes: ['client-id-wrong-kind'],
    sentence: "'{client}' is a managed identity and was asked for like an application with a secret.",
    remedy: 'A managed identity has no secret: use its federated identity credential.',
    retry: 'never',
  },
  {
    code: 90002,
    causes: ['tenant-wrong'],
    sentence: "there is no tenant '{tenant}' in the cloud '{cloud}'.",
    remedy:
      'Check `tenant-id` (is it swapped with `client-id`?) and `cloud`: a tenant exists in one cloud only.',
    retry: 'never',
  },
  {
    code: 900023,
    causes: ['tenant-wrong'],
    sentence: "'{tenant}' is neither a tenant id nor a domain that Entra can look up.",
    remedy: 'Give `tenant-id` as the GUID of the tenant, or as one of its verified domains.',
    retry: 'never',
  },
  {
    code: 50059,
    causes: ['tenant-wrong'],
    sentence: 'Entra found no tenant in the request.',
    remedy: 'Give `tenant-id` as the GUID of the tenant.',
    retry: 'never',
  },
  {
    code: 9001023,
    causes: ['tenant-wrong'],
    sentence: "a workload cannot sign in to '{tenant}': it stands for many tenants.",
    remedy: 'Give `tenant-id` as the GUID of one tenant, not common, organizations or consumers.',
    retry: 'never',
  },
  {
    code: 5000224,
    causes: ['tenant-wrong', 'other'],
    sentence: "the tenant '{tenant}' is blocked by Microsoft.",
    remedy: "The tenant's administrator has to contact Microsoft support.",
    retry: 'never',
  },
  {
    code: 5000225,
    causes: ['tenant-wrong', 'other'],
    sentence: "the tenant '{tenant}' is blocked for inactivity.",
    remedy: "The tenant's administrator has to reactivate it.",
    retry: 'never',
  },
  {
    code: 90038,
    causes: ['tenant-wrong'],
    sentence: "the tenant '{tenant}' belongs to another national cloud than '{cloud}'.",
    remedy: 'Set `cloud` to the cloud of the tenant (AzureUSGovernment, AzureChinaCloud or AzureCloud).',
    retry: 'never',
  },
  {
    code: 900382,
    causes: ['tenant-wrong'],
    sentence: "an application cannot sign in across clouds from '{cloud}'.",
    remedy: "Set `cloud` to the cloud in which the tenant '{tenant}' and the application were created.",
    retry: 'never',
  },
  {
    code: 900439,
    causes: ['tenant-wrong'],
    sentence: "'{client}' is a US Government application and was asked for at '{authority}'.",
    remedy: 'Set `cloud: AzureUSGovernment`.',
    retry: 'never',
  },
  {
    code: 500021,
    causes: ['other'],
    sentence: "a network proxy's tenant restrictions deny the tenant '{tenant}'.",
    remedy:
      'The proxy of this (self-hosted) runner adds Restrict-Access-To-Tenants; its administrator has to allow the tenant.',
    retry: 'never',
  },
  {
    code: 500022,
    causes: ['other'],
    sentence:
      "tenant restrictions of a network proxy refuse access to '{tenant}', and their header is not valid.",
    remedy: 'The administrator of the proxy that this runner uses has to correct its tenant restrictions.',
    retry: 'never',
  },
];
