import { feedOf, ownTokenFile, type Session, type SessionIdentity, session } from './session.ts';

const SECRETS = ['ARM_CLIENT_SECRET', 'ARM_CLIENT_CERTIFICATE', 'ARM_CLIENT_CERTIFICATE_PATH'];
const OPTIONAL = ['ARM_SUBSCRIPTION_ID'];

/**
 * Terraform (azurerm, azapi, azuread and the azurerm backend). With GitHub's ID tokens its own OpenID Connect asks for
 * them by itself and so renews; `ARM_OIDC_TOKEN*` outrank that and grow stale, so they are not set. With other
 * assertions it reads their file. The machine's own identity it asks itself.
 * Source: "Authenticating using a Service Principal with OpenID Connect", and "using managed identities", of azurerm.
 */
export function terraformSession(identity: SessionIdentity): Session {
  const { clientId, tenantId, subscriptionId, terraform, tokenFile, isSystemAssigned, inTheWay } = identity;
  const common = {
    ...(isSystemAssigned ? {} : { ARM_CLIENT_ID: clientId }),
    ARM_TENANT_ID: tenantId,
    ...(subscriptionId ? { ARM_SUBSCRIPTION_ID: subscriptionId } : {}),
    ...terraform,
  };
  const feed = feedOf('terraform', identity);
  if (feed === 'machine')
    return session(
      'terraform',
      { ARM_USE_MSI: 'true', ARM_USE_OIDC: 'false', ...common },
      {
        optional: OPTIONAL,
        outrankedBy: SECRETS,
        // azapi asks what IDENTITY_ENDPOINT names.
        clears: [...(isSystemAssigned ? ['ARM_CLIENT_ID'] : []), ...inTheWay],
      },
    );
  const byFile = feed === 'token-file' && tokenFile !== null;
  return session(
    'terraform',
    {
      ARM_USE_OIDC: 'true',
      ...common,
      ...(byFile ? { ARM_OIDC_TOKEN_FILE_PATH: tokenFile.path } : {}),
    },
    {
      optional: OPTIONAL,
      outrankedBy: [...SECRETS, 'ARM_OIDC_TOKEN'],
      clears: byFile ? [] : ['ARM_OIDC_TOKEN_FILE_PATH'],
      files: byFile ? ownTokenFile(identity) : [],
    },
  );
}
