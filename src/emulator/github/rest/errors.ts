import { json } from '../../responses.ts';

const DOCS = 'https://docs.github.com/rest';

/** A refusal by the REST API. */
export class ApiError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.headers = headers;
  }
}

/** 404: it is not there, or the token may not know that it is. */
export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

/** Headers of every answer. Source: GitHub, "Rate limits for the REST API" and "API versions". */
export function apiHeaders(): Record<string, string> {
  return {
    'x-github-api-version-selected': '2022-11-28',
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-used': '1',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
  };
}

/** The JSON of a refusal: message, address of the documentation, status as text. */
export function apiErrorResponse({ status, message, headers }: ApiError): Response {
  const body = { message, documentation_url: DOCS, status: String(status) };
  return json(status, body, { ...apiHeaders(), ...headers });
}
