import { type CatalogueEntry, client, grant, request, unauthorized } from './refusal-kinds.ts';

/**
 * What Entra answers under conditions that the emulator does not model: given when a fault asks for it.
 * Sources as in the rest of the catalogue; where no wording was seen (`UNSEEN` of `scripts/entra-texts.ts`) the text is
 * the emulator's own.
 */
export const ON_DEMAND: Readonly<Record<number, CatalogueEntry>> = {
  // Tenant
  5000224: request('We are sorry, this resource is not available.'),
  5000225: request('This tenant has been blocked due to inactivity.'),
  500021: request("Access to '{tenant}' tenant is denied."),
  500022: request("Access to '{tenant}' tenant is denied."),
  100007: request(
    'Microsoft Entra Regional ONLY supports auth either for MSIs OR for requests from MSAL using SN+I for 1P apps or 3P apps in Microsoft infrastructure tenants.',
  ),
  // Credentials of other flows
  700025: client("Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
  700030: client("Invalid certificate - subject name in certificate isn't authorized."),
  7000218: client(
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ),
  7000222: client(
    "The provided client secret keys for app '{clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
  ),
  // Federation
  700234: client('The federated identity credential expression could not be evaluated.'),
  700236: client("The issuer '{issuer}' may not be used for this application by another tenant."),
  7000226: client("No federated identity credential policy found on application '{clientId}'."),
  50013: grant('Assertion is invalid because of various reasons.'),
  70052: client('The identity must be a managed identity or a single-tenant application.'),
  90061: request('Request to External OIDC endpoint failed.'),
  // Principal
  70001: unauthorized('The application is disabled.'),
  50034: grant('To sign into this application, the account must be added to the directory.'),
  50105: grant("The signed in user isn't assigned to a role for the signed in app."),
  // Policies for users
  50076: grant(
    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
  ),
  53004: grant(
    'User needs to complete the multifactor authentication registration process before accessing this content.',
  ),
  530004: grant('AcceptCompliantDevice is not configured for guests.'),
};
