import { randomUUID } from 'node:crypto';
import { isGuid } from '../guids.ts';
import { json } from '../responses.ts';
import { catalogueEntry, hasErrorUri } from './errors.ts';

/** A refusal by the token endpoint: one AADSTS code and what its text names. */
export class Refusal extends Error {
  readonly code: number;
  readonly values: Readonly<Record<string, string>>;
  /** Members beside the usual ones, as Conditional Access adds. */
  readonly extra: Readonly<Record<string, string>>;

  constructor(code: number, values: Record<string, string> = {}, extra: Record<string, string> = {}) {
    super(`AADSTS${code}`);
    this.name = 'Refusal';
    this.code = code;
    this.values = values;
    this.extra = extra;
  }
}

/**
 * Headers that every answer of Entra's token service carries, as recorded in kubelogin's fixtures.
 * `clitelem` is the error code in `x-ms-clitelem`, 0 for none.
 */
export function entraHeaders(request: Request, clitelem: number): Record<string, string> {
  const correlation = request.headers.get('client-request-id');
  return {
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    p3p: 'CP="DSP CUR OTPi IND OTRi ONL FIN"',
    'x-ms-ests-server': '2.1.20465.4 - EUS ProdSlices',
    'x-ms-srs': '1.P',
    'x-ms-clitelem': `1,${clitelem},0,,`,
    ...(correlation && { 'client-request-id': correlation }),
  };
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** What an answer changes of the catalogue's entry. */
export interface RefusalOptions {
  error?: string;
  status?: number;
  retryAfter?: string;
}

/**
 * The JSON answer of a refusal (RFC 6749 section 5.2, with Entra's members). `now` is in milliseconds.
 * The correlation id is the request's `client-request-id` where that is a GUID.
 */
export function refusalResponse(
  refusal: Refusal,
  request: Request,
  now: number,
  options: RefusalOptions = {},
): Response {
  const { code, values, extra } = refusal;
  const entry = catalogueEntry(code);
  const error = options.error ?? entry.error;
  const sent = request.headers.get('client-request-id') ?? '';
  const trace = randomUUID();
  const correlation = isGuid(sent) ? sent : randomUUID();
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trail = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
  const body = {
    error,
    error_description: `AADSTS${code}: ${fill(entry.text, values)} ${trail}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    ...(hasErrorUri(code) && { error_uri: `https://${new URL(request.url).host}/error?code=${code}` }),
    ...extra,
  };
  const retry = options.retryAfter === undefined ? {} : { 'retry-after': options.retryAfter };
  return json(options.status ?? entry.status, body, { ...entraHeaders(request, code), ...retry });
}
