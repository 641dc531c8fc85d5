import { catalogueEntry } from '../src/emulator/entra/errors.ts';

/** Name and text from Microsoft's "Microsoft Entra authentication and authorization error codes", shortened with `…`. */
const REFERENCE: Readonly<Record<number, string>> = {
  50001: "InvalidResource - The resource is disabled or doesn't exist.",
  50013: 'InvalidAssertion - Assertion is invalid because of various reasons …',
  50027: 'InvalidJwtToken - Invalid JWT token because of the following reasons: …',
  50033: 'RetryableError - Indicates a transient error not related to the database operations.',
  50034: 'UserAccountNotFound - To sign into this application, the account must be added to the directory. …',
  50076:
    'UserStrongAuthClientAuthNRequired - Due to a configuration change made by the admin … the user must use multifactor authentication to access the resource.',
  50105: "EntitlementGrantsNotFound - The signed in user isn't assigned to a role for the signed in app.",
  53004:
    'ProofUpBlockedDueToRisk - User needs to complete the multifactor authentication registration process before accessing this content.',
  70001: 'UnauthorizedClient - The application is disabled.',
  90006: 'ExternalServerRetryableError - The service is temporarily unavailable.',
  90012: 'RequestTimeout - The requested has timed out.',
  90024: 'RequestBudgetExceededError - A transient error has occurred. Try again.',
  90033: "MsodsServiceUnavailable - The Microsoft Online Directory Service (MSODS) isn't available.",
  90055: 'TenantThrottlingError - There are too many incoming requests.',
  90090: 'GraphRetryableError - The service is temporarily unavailable.',
  100007:
    'Microsoft Entra Regional ONLY supports auth either for MSIs OR for requests from MSAL using SN+I …',
  500021: 'Access to … tenant is denied.',
  500022: 'Access to … tenant is denied.',
  700030: "Invalid certificate - subject name in certificate isn't authorized. …",
  7000218: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  7000222: 'InvalidClientSecretExpiredKeysProvided - The provided client secret keys are expired. …',
};

/** Codes whose wording was nowhere to be seen: the emulator's, where it has one, is its own. */
const UNSEEN: readonly number[] = [
  70052, 530004, 700214, 700223, 700233, 700234, 700236, 700237, 700238, 7002241,
];

const UNKNOWN = catalogueEntry(0).text;

/** What Entra says with a code, `…` for what varies; null where no wording was seen. */
export function entraText(code: number): string | null {
  const known = REFERENCE[code];
  if (known !== undefined) return known;
  if (UNSEEN.includes(code)) return null;
  const { text } = catalogueEntry(code);
  if (text === UNKNOWN) throw new Error(`AADSTS${code} has no text: give it one, or list it as unseen`);
  return text.replace(/'?\{\w+\}'?/g, '…');
}
