/** The public documents that the rules rest on. */
export const SOURCES = {
  flexible:
    'https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials',
  immutable: 'https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects',
  considerations: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
  caseSensitive: 'https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes',
  githubOidc: 'https://docs.github.com/actions/reference/security/oidc',
  githubSecurity: 'https://docs.github.com/actions/reference/security/secure-use',
  githubEnvironments:
    'https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments',
  expressionsInPractice: 'https://josh-ops.com/posts/azure-federated-credential-claims-matching-expressions',
  checkov: 'https://www.checkov.io/5.Policy%20Index/all.html (CKV_AZURE_249)',
  pullRequests: 'https://www.binarysecurity.no/posts/2025/09/securing-gh-actions-part2',
  workflowRef:
    'https://cloud.hacktricks.wiki/en/pentesting-cloud/azure-security/az-basic-information/az-federation-abuse.html',
  recycledNames:
    'astrix.security, on recycled GitHub namespaces, and GitHub on immutable subjects: https://docs.github.com/actions/reference/security/oidc',
  persistence: 'https://dirkjanm.io/persisting-with-federated-credentials-entra-apps-managed-identities',
  leastPrivilege: 'https://learn.microsoft.com/azure/role-based-access-control/best-practices',
  staleAssignments: 'https://learn.microsoft.com/azure/role-based-access-control/troubleshooting',
  staleIdentities:
    'https://learn.microsoft.com/entra/identity/monitoring-health/recommendation-remove-unused-apps',
  zizmor: 'https://docs.zizmor.sh/audits/#excessive-permissions',
} as const;
