import { randomUUID } from 'node:crypto';
import { json } from '../responses.ts';

/** A refusal by Resource Manager or by one of its providers. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ArmError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Ids and what is left of the limits. Source: Azure, "Understand how Azure Resource Manager throttles requests". */
export function armHeaders(): Record<string, string> {
  const id = randomUUID();
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `WESTEUROPE:20260101T000000Z:${id}`,
    'x-ms-ratelimit-remaining-subscription-reads': '11999',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  };
}

/** The JSON of a refusal. Source: Azure REST API guidelines, "Handling errors". */
export function armErrorResponse({ status, code, message, headers }: ArmError): Response {
  return json(status, { error: { code, message } }, { ...armHeaders(), ...headers });
}

/** 404 for a resource that a group does not have. */
export function resourceNotFound(type: string, name: string, group: string): ArmError {
  const message = `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return new ArmError(404, 'ResourceNotFound', message);
}

/** 400 of the authorization provider. */
export function badFormat(message = 'The request was incorrectly formatted.'): ArmError {
  return new ArmError(400, 'BadRequestFormat', message);
}
