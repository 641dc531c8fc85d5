import { randomUUID } from 'node:crypto';
import { armHeaders } from './arm/errors.ts';
import { cannedRefusal } from './entra/canned.ts';
import type { RequestFault, ServiceName } from './faults.ts';
import { json } from './responses.ts';
import { StsError, stsErrorResponse } from './workloads/aws/errors.ts';

type Throttled = Extract<RequestFault, { kind: 'throttled' }>;

// GitHub, "Rate limits for the REST API": 403 or 429, nothing left, and the time when there is more again.
function githubHeaders(): Record<string, string> {
  const reset = String(Math.floor(Date.now() / 1000) + 60);
  return { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
}

function githubBody(): object {
  return {
    message:
      'API rate limit exceeded for installation. If you reach out to GitHub Support for help, please say so.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
  };
}

// Graph, "Microsoft Graph throttling guidance".
function graphBody(): object {
  const ids = { date: new Date().toISOString().slice(0, 19), 'request-id': randomUUID() };
  const message = 'Too many requests';
  return {
    error: { code: 'TooManyRequests', message, innerError: { ...ids, 'client-request-id': randomUUID() } },
  };
}

// Azure, "Understand how Azure Resource Manager throttles requests".
function armBody(): object {
  const message =
    'The request is being throttled as the limit has been reached for operation type. Try again later.';
  return { error: { code: 'TooManyRequests', message } };
}

// Entra, "How to use managed identities on a virtual machine", error handling: the status only is documented.
function imdsBody(): object {
  return { error: 'too_many_requests', error_description: 'Temporarily throttled, too many requests' };
}

function appServiceBody(statusCode: number): object {
  return { statusCode, message: 'Too many requests.', correlationId: randomUUID() };
}

// What these say is not documented.
const PLAIN: readonly ServiceName[] = ['google-metadata', 'ec2-metadata', 'issuer-discovery', 'issuer-jwks'];

/** A refusal for too many requests as the service words it; Entra's is AADSTS90055. */
export async function throttledAnswer(
  service: ServiceName | null,
  request: Request,
  { status = 429, retryAfter }: Throttled,
): Promise<Response> {
  const retry = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  if (service === 'entra-token')
    return cannedRefusal(request, { code: 90055, status, ...(retryAfter && { retryAfter }) });
  // AWS answers 400 for too many requests.
  if (service === 'aws-sts') return stsErrorResponse(new StsError(400, 'Throttling', 'Rate exceeded'));
  if (service === 'imds' || service === 'arc') return json(status, imdsBody(), retry);
  if (service === 'app-service') return json(status, appServiceBody(status), retry);
  if (service && PLAIN.includes(service))
    return new Response('Too Many Requests', { status, headers: retry });
  if (service === 'graph') return json(status, graphBody(), retry);
  if (service === 'arm') return json(status, armBody(), { ...armHeaders(), ...retry });
  return json(status, githubBody(), { ...githubHeaders(), ...retry });
}
