import type { ClockOffsets, FederatedIdentityCredential } from './entities.ts';
import { FAULT_KINDS, type Fault, SERVICE_NAMES } from './faults.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** A call that the control server cannot carry out. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** The JSON of a body; an empty one is an empty object. Throws a ControlError 400. */
export function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is not JSON');
  }
}

function fields(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new ControlError(400, 'An object is expected');
  return { ...value };
}

function isFault(value: JsonObject): value is JsonObject & Fault {
  return (
    SERVICE_NAMES.some((name) => name === value['service']) &&
    FAULT_KINDS.some((kind) => kind === value['kind'])
  );
}

/** A fault from JSON. Throws a ControlError 400 that lists services and kinds. */
export function parseFault(value: unknown): Fault {
  const fault = fields(value);
  if (isFault(fault)) return fault;
  throw new ControlError(400, `service: ${SERVICE_NAMES.join(', ')}; kind: ${FAULT_KINDS.join(', ')}`);
}

/** Changes of an entity. Throws a ControlError 400 for a field that it does not have. */
export function parseChanges<T extends object>(value: unknown, entity: T): Partial<T> {
  const changes = fields(value);
  const alien = Object.keys(changes).find((name) => !Object.hasOwn(entity, name));
  if (alien !== undefined)
    throw new ControlError(400, `There is no ${alien}; there is ${Object.keys(entity).join(', ')}`);
  return changes as Partial<T>;
}

/** Clock offsets in seconds, for `github`, `entra` or both. Throws a ControlError 400. */
export function parseOffsets(value: unknown): Partial<ClockOffsets> {
  const offsets = fields(value);
  const sound = Object.entries(offsets).every(
    ([name, offset]) => (name === 'github' || name === 'entra') && typeof offset === 'number',
  );
  if (!sound) throw new ControlError(400, '{"github"?: seconds, "entra"?: seconds} is expected');
  return offsets;
}

function isCredential(value: JsonObject): value is JsonObject & FederatedIdentityCredential {
  const { name, issuer, audiences, subject } = value;
  const named = typeof name === 'string' && typeof issuer === 'string' && Array.isArray(audiences);
  return named && (typeof subject === 'string' || subject === null);
}

/** A federated identity credential from JSON. Throws a ControlError 400. */
export function parseCredential(value: unknown): FederatedIdentityCredential {
  const credential = { subject: null, ...fields(value) };
  if (isCredential(credential)) return credential;
  throw new ControlError(
    400,
    'name, issuer, audiences and subject (or claimsMatchingExpression) are expected',
  );
}

const CLIENT_FIELDS = [
  'servicePrincipal',
  'propagation',
  'displayName',
  'multiTenant',
  'federatedIdentityCredentials',
  'graphRoles',
  'owners',
  'acceptsAnyAudience',
];

/** JsonObject to replace on an application or managed identity. Throws a ControlError 400. */
export function parseClientPatch(value: unknown): JsonObject {
  const changes = fields(value);
  const alien = Object.keys(changes).find((name) => !CLIENT_FIELDS.includes(name));
  if (alien !== undefined)
    throw new ControlError(400, `${alien} cannot be changed; ${CLIENT_FIELDS.join(', ')} can`);
  return changes;
}
