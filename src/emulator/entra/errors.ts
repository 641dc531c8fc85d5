import { ON_DEMAND } from './errors-on-demand.ts';
import {
  type CatalogueEntry,
  client,
  grant,
  request,
  scope,
  unauthorized,
  unavailable,
} from './refusal-kinds.ts';

const CHECK = 'Please check your federated identity credential';
const AGAINST =
  'against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
const NO_MATCH = 'No matching federated identity record found for presented assertion';
const FIELDS = `${CHECK} Subject, Audience and Issuer ${AGAINST}`;
const RETRY = 'The service is temporarily unavailable. Please retry later.';

// Texts, statuses and errors: recorded exchanges in public issues where there are any, else Entra's
// reference-error-codes with the status of its nearest recorded neighbour.
const CATALOGUE: Readonly<Record<number, CatalogueEntry>> = {
  ...ON_DEMAND,

  // Parameters
  9002313: request('Invalid request. Request is malformed or invalid.'),
  9000411: request("The request is not properly formatted. The parameter '{name}' is duplicated."),
  900561: request('The endpoint only accepts POST requests. Received a {method} request.'),
  900144: request("The request body must contain the following parameter: '{name}'."),
  90014: request(
    "The required field '{name}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
  ),
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    text: "The app requested an unsupported grant type '{grantType}'.",
  },
  7000216: client(
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  ),
  7000215: client(
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{clientId}'.",
  ),
  7000232: client("The MSI identity '{clientId}' should not use ClientSecretCredential."),
  1002012: scope(
    'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ),
  70011: scope(
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  ),
  700022: scope(
    "The provided value for the input parameter 'scope' is not valid because it contains more than one resource. Scope {scope} is not valid.",
  ),
  700023: scope(
    "The provided value for the input parameter 'scope' is not valid because it does not contain a resource. Scope {scope} is not valid.",
  ),
  // Tenant
  900023: request(
    "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  ),
  90002: request(
    "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  ),
  50059: request(
    'No tenant-identifying information found in either the request or implied by any provided credentials.',
  ),
  9001023: request(
    'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
  ),
  90038: request(
    "The specified tenant '{tenant}' belongs to the National Cloud '{cloud}'. Current cloud instance '{instance}' does not federate with {cloud}.",
  ),
  900382: request('Confidential Client is not supported in Cross Cloud request.'),
  900439: request(
    'USG client is not supported on the public endpoint. Use https://login.microsoftonline.us.',
  ),
  50049: { status: 400, error: 'invalid_instance', text: 'Unknown or invalid instance.' },
  // Client
  700016: unauthorized(
    "Application with identifier '{clientId}' was not found in the directory '{directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  ),
  7000229: client(
    'The client application {clientId} is missing service principal in the tenant {tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119',
  ),
  7000112: unauthorized("Application '{clientId}'({name}) is disabled."),
  // Assertion
  50027: request('JWT token is invalid or malformed.'),
  5002727: request("Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'."),
  700021: client(
    "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  ),
  700027: client(
    'Client assertion failed signature validation. [Reason - {reason}]. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  ),
  700024: client(
    'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {until}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  ),
  7000272: client(
    "The certificate with identifier {kid} used to sign the federated credential could not be found in the metadata of identity provider {issuer}. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token.",
  ),
  501661: request("Request to External OIDC endpoint failed. Issuer: '{issuer}'."),
  // Credential
  70021: request(
    "No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'.",
  ),
  70025: client("The client '{clientId}'({name}) has no configured federated identity credentials."),
  700211: client(`${NO_MATCH} issuer '{issuer}'. ${FIELDS}`),
  700212: client(`${NO_MATCH} audience '{audience}'. ${FIELDS}`),
  700214: client(`${NO_MATCH} audience '{audience}'. ${FIELDS}`),
  700213: client(`${NO_MATCH} subject '{subject}'. ${FIELDS}`),
  7002131: client(
    `${NO_MATCH} subject '{subject}' or no federated identity credential expression matched. ${CHECK} Subject, Expression, Audience and Issuer ${AGAINST}`,
  ),
  7002138: client(
    `${NO_MATCH} subject '{subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. ${FIELDS}`,
  ),
  700222: client('AAD-issued tokens may not be used for federated identity flows.'),
  700229: client(
    'Forbidden token type. Only app-only tokens may be used as Federated Identity Credentials for AAD issuer.',
  ),
  700233: client("The federated identity credential expression '{expression}' could not be parsed."),
  700237: client(
    "The federated identity credential expression uses a claim or an operator that is not allowed: '{expression}'.",
  ),
  700235: client(
    'The federated identity credentials flow does not support credentials matching via expression for this object.',
  ),
  7002241: client("Issuer '{issuer}' may not use credentials matching via expression."),
  // Policy
  700223: client('Workload identity federation is disabled by the policy of the tenant {tenantId}.'),
  700238: client(
    "Federated identity credentials of the issuer '{issuer}' are not allowed for this identity by the policy of the tenant.",
  ),
  7002381: client(
    "Federated identity credentials issued by '{issuer}/' for applications or managed identities registered in this tenant must contain the enterprise claim with value {enterprises} but actual value is '{enterprise}'.",
  ),
  53003: grant(
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  ),
  // Resource
  500011: {
    status: 400,
    error: 'invalid_resource',
    text: 'The resource principal named {resource} was not found in the tenant named {directory}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  50001: {
    status: 400,
    error: 'invalid_resource',
    text: 'The application named {resource} was not found in the tenant named {directory}.',
  },
  650052: unauthorized(
    "The app needs access to a service ('{resource}') that your organization '{directory}' has not subscribed to or enabled.",
  ),
  501051: grant(
    "Application '{clientId}'({name}) is not assigned to a role for the application '{resource}'.",
  ),
  // Transient
  90033: unavailable(503, `A transient error has occurred. ${RETRY}`),
  50033: unavailable(503, `A transient error has occurred. ${RETRY}`),
  90006: unavailable(503, RETRY),
  90012: unavailable(503, 'The request has timed out.'),
  90024: unavailable(
    503,
    'The request budget was exceeded. A transient error has occurred. Please try again.',
  ),
  90055: unavailable(
    429,
    'The tenant has exceeded its request budget. There are too many incoming requests.',
  ),
  90090: unavailable(503, RETRY),
  50196: grant(
    'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
  ),
};

// Recorded answers carry `error_uri` for these; the reference says only that it is there "sometimes".
const WITH_ERROR_URI: readonly number[] = [7000272, 53003, 700016, 90002, 900144, 7000215, 700213, 700024];

/** An entry of the catalogue; a code outside it is answered as a plain bad request. */
export function catalogueEntry(code: number): CatalogueEntry {
  return CATALOGUE[code] ?? request('An error has occurred.');
}

/** Whether an answer with this code carries `error_uri`. */
export function hasErrorUri(code: number): boolean {
  return WITH_ERROR_URI.includes(code);
}
