import { type Session, type SessionIdentity, session } from './session.ts';

/**
 * Terraform's own OpenID Connect (azurerm, azapi, azuread and the azurerm backend): it asks GitHub for ID tokens by
 * itself and so renews. `ARM_OIDC_TOKEN*` are not set: they outrank that and grow stale.
 * Source: "Authenticating using a Service Principal with OpenID Connect" of the azurerm provider.
 */
export function terraformSession(identity: SessionIdentity): Session {
  const subscription = identity.subscriptionId ? { ARM_SUBSCRIPTION_ID: identity.subscriptionId } : {};
  const variables = {
    ARM_USE_OIDC: 'true',
    ARM_CLIENT_ID: identity.clientId,
    ARM_TENANT_ID: identity.tenantId,
    ...subscription,
    ARM_ENVIRONMENT: identity.terraformName,
  };
  return session('terraform', variables, {
    optional: ['ARM_SUBSCRIPTION_ID'],
    outrankedBy: [
      'ARM_CLIENT_SECRET',
      'ARM_CLIENT_CERTIFICATE',
      'ARM_CLIENT_CERTIFICATE_PATH',
      'ARM_OIDC_TOKEN',
      'ARM_OIDC_TOKEN_FILE_PATH',
    ],
  });
}
