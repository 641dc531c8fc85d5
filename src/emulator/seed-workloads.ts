import type { FederatedIdentityCredential, Tenant } from './entities.ts';
import { AUDIENCES, application, CONTOSO, FABRIKAM, guid, SUBSCRIPTION } from './seed.ts';
import type { AzureHost, Workloads } from './workloads/entities.ts';

const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourcegroups/octo-rg/providers`;

/** Applications of Contoso that trust a workload each; Fabrikam knows the first one too, as a guest. */
export const TRUSTS_MANAGED_IDENTITIES = 'octo-from-managed-identity';

function azureHost(serial: number, type: string, name: string, userAssigned: string[]): AzureHost {
  return {
    resourceId: `${PROVIDERS}/${type}/${name}`,
    tenantId: CONTOSO,
    systemAssigned: { clientId: guid('d', serial), principalId: guid('e', serial) },
    userAssigned,
  };
}

/** Every host has a system-assigned identity; the virtual machine and the app have both of Contoso's beside it. */
export function defaultWorkloads(): Workloads {
  const both = [guid('d', 1), guid('d', 2)];
  return {
    azure: {
      vm: azureHost(51, 'Microsoft.Compute/virtualMachines', 'octo-vm', both),
      appService: azureHost(52, 'Microsoft.Web/sites', 'octo-app', both),
      arc: azureHost(53, 'Microsoft.HybridCompute/machines', 'octo-arc', []),
    },
  };
}

function credential(name: string, issuer: string, subject: string): FederatedIdentityCredential {
  return { name, issuer, subject, audiences: [AUDIENCES.AzureCloud] };
}

function managedIdentityCredentials(): FederatedIdentityCredential[] {
  const issuer = `https://login.microsoftonline.com/${CONTOSO}/v2.0`;
  const principals = { 'octo-identity': 1, 'octo-vm': 51, 'octo-app': 52, 'octo-arc': 53 };
  return Object.entries(principals).map(([name, serial]) => credential(name, issuer, guid('e', serial)));
}

/** The tenants with the applications that trust workloads. */
export function trustingWorkloads(tenants: Tenant[]): Tenant[] {
  const applications = [
    application(51, TRUSTS_MANAGED_IDENTITIES, managedIdentityCredentials(), { multiTenant: true }),
  ];
  const guest = { appId: guid('a', 51), id: guid('c', 61), accountEnabled: true };
  return tenants.map((tenant) => {
    if (tenant.id === CONTOSO) return { ...tenant, applications: [...tenant.applications, ...applications] };
    return tenant.id === FABRIKAM ? { ...tenant, guestServicePrincipals: [guest] } : tenant;
  });
}
