import { randomUUID } from 'node:crypto';
import { json } from '../responses.ts';

/** A refusal by Microsoft Graph. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
  }
}

/** 403: the token lacks the permission. */
export function denied(): GraphError {
  return new GraphError(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

/** 404: no such object in the tenant. */
export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 400 with Graph's general code. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** The ids that every answer carries; the client's own is echoed. */
export function graphHeaders(request: Request): Record<string, string> {
  const requestId = randomUUID();
  return {
    'request-id': requestId,
    'client-request-id': request.headers.get('client-request-id') ?? requestId,
    'odata-version': '4.0',
    'cache-control': 'no-cache',
    'x-ms-resource-unit': '1',
  };
}

/** The JSON of a refusal. Source: Graph, "Microsoft Graph error responses". `now` is in milliseconds. */
export function graphErrorResponse(error: GraphError, request: Request, now: number): Response {
  const headers = graphHeaders(request);
  const innerError = {
    date: new Date(now).toISOString().slice(0, 19),
    'request-id': headers['request-id'],
    'client-request-id': headers['client-request-id'],
  };
  const { status, code, message } = error;
  // 401 names the scheme (RFC 9110, section 11.6.1).
  const challenge =
    status === 401
      ? {
          'www-authenticate':
            'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
        }
      : {};
  return json(status, { error: { code, message, innerError } }, { ...headers, ...challenge });
}
