import { isForm } from '../journal.ts';
import { Refusal } from './refusal.ts';

/** What a client credentials request with an assertion says, once its form is sound (RFC 7523, section 2.2). */
export interface TokenParameters {
  version: 1 | 2;
  clientId: string;
  /** The resource as asked: v2's scope without `/.default`, v1's `resource`. */
  resource: string;
  /** Null where a secret is presented in its place. */
  assertion: string | null;
  /** Client capabilities (`xms_cc`) from the `claims` parameter. */
  capabilities: string[];
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEFAULT_SUFFIX = '/.default';
// MSAL libraries may add these to any request; alone they name no resource.
const OIDC_SCOPES: readonly string[] = ['openid', 'offline_access', 'profile', 'email'];

async function readForm(request: Request): Promise<URLSearchParams> {
  if (request.method !== 'POST') throw new Refusal(900561, { method: request.method });
  // Entra does not parse another content type and misses the first parameter in it.
  const form = new URLSearchParams(isForm(request) ? await request.text() : '');
  const duplicate = [...form.keys()].find((name) => form.getAll(name).length > 1);
  if (duplicate !== undefined) throw new Refusal(9000411, { name: duplicate });
  return form;
}

function required(form: URLSearchParams, name: string, code = 900144): string {
  const value = form.get(name);
  if (!value) throw new Refusal(code, { name });
  return value;
}

function resourceOfScope(scope: string): string {
  const scopes = scope.split(' ').filter((one) => one !== '');
  const named = scopes.filter((one) => !OIDC_SCOPES.includes(one));
  const [only = '', second] = named;
  if (second !== undefined)
    throw new Refusal(named.every((one) => one.endsWith(DEFAULT_SUFFIX)) ? 700022 : 70011, { scope });
  if (only === '.default' || only === DEFAULT_SUFFIX) throw new Refusal(700023, { scope });
  if (!only.endsWith(DEFAULT_SUFFIX)) throw new Refusal(1002012, { scope: only || scope });
  // One suffix goes, so a resource that ends in a slash is asked for with two (Entra: v2 permissions, trailing slash).
  return only.slice(0, -DEFAULT_SUFFIX.length);
}

function readCapabilities(claims: string | null): string[] {
  if (!claims) return [];
  try {
    const values: unknown = JSON.parse(claims)?.access_token?.xms_cc?.values;
    return Array.isArray(values) ? values.map(String) : [];
  } catch {
    throw new Refusal(9002313);
  }
}

function readAssertion(form: URLSearchParams): string | null {
  if (form.has('client_secret')) return null;
  const assertion = form.get('client_assertion');
  if (!assertion) throw new Refusal(7000216);
  if (required(form, 'client_assertion_type') !== ASSERTION_TYPE) throw new Refusal(9002313);
  return assertion;
}

/**
 * Reads the parameters of a token request.
 * Throws a Refusal: 900561 method, 9000411 duplicates, 900144 and 90014 missing, 70003 grant, 7000216 no
 * credentials, 1002012, 70011, 700022 and 700023 scope, 9002313 otherwise malformed.
 * Source: Entra, "OAuth 2.0 client credentials flow", third case.
 */
export async function readParameters(request: Request, version: 1 | 2): Promise<TokenParameters> {
  const form = await readForm(request);
  const grantType = required(form, 'grant_type');
  if (grantType !== 'client_credentials') throw new Refusal(70003, { grantType });
  const clientId = required(form, 'client_id');
  const resource =
    version === 2 ? resourceOfScope(required(form, 'scope', 90014)) : required(form, 'resource', 90014);
  const capabilities = readCapabilities(form.get('claims'));
  return { version, clientId, resource, assertion: readAssertion(form), capabilities };
}
