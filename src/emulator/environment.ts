import type { Application, Tenant } from './entities.ts';
import { subjectOf } from './github/claims.ts';
import { issuerOf } from './github/deployment.ts';
import type { State } from './state.ts';

function trusts(application: Application, state: State): boolean {
  if (!application.servicePrincipal?.accountEnabled) return false;
  const subject = subjectOf(state.run);
  const issuer = issuerOf(state.run);
  return application.federatedIdentityCredentials.some(
    (one) => one.issuer === issuer && one.subject === subject,
  );
}

/** Client, tenant and subscription of the first application that trusts the run; with none, of the first there is. */
export function identityEnvironment(state: State): Record<string, string> {
  const pairs = state.tenants.flatMap((tenant): [Tenant, Application][] =>
    tenant.applications.map((application) => [tenant, application]),
  );
  const [tenant, application] = pairs.find(([, candidate]) => trusts(candidate, state)) ?? pairs[0] ?? [];
  if (!tenant || !application) return {};
  const subscription = state.subscriptions.find(({ tenantId }) => tenantId === tenant.id);
  return {
    AZURE_CLIENT_ID: application.appId,
    AZURE_TENANT_ID: tenant.id,
    AZURE_SUBSCRIPTION_ID: subscription?.subscriptionId ?? '',
  };
}

/** Sends a client's traffic through the proxy, trusting the emulator's authority; loopback stays direct. */
export function connectionEnvironment(proxy: string, ca: string): Record<string, string> {
  return {
    HTTPS_PROXY: proxy,
    NO_PROXY: '127.0.0.1,localhost,::1',
    NODE_EXTRA_CA_CERTS: ca,
    REQUESTS_CA_BUNDLE: ca,
    SSL_CERT_FILE: ca,
  };
}
