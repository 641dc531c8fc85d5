import { type Claims, isRecord, type Presented } from '../claims.ts';
import { type Credential, readCredential } from '../credential.ts';

/** `subject_customization` of the context: GitHub's answer about a repository's subjects, as far as it is known. */
export interface SubjectCustomization {
  readonly use_default?: boolean;
  readonly include_claim_keys?: readonly string[];
  readonly use_immutable_subject?: boolean;
  readonly sub_claim_prefix?: string;
}

/** What is known of the run, the workflow and the directory. A field that is missing is not known, never "no". */
export interface ExplainContext {
  readonly event_name?: string;
  readonly ref?: string;
  /** Null: the job names none. */
  readonly environment?: string | null;
  readonly actor?: string;
  readonly fork?: boolean;
  readonly id_token_permission?: 'write' | 'none';
  readonly reusable_workflow?: boolean;
  readonly reusable_workflow_caller_grants_id_token?: boolean;
  readonly inputs?: Readonly<Record<string, 'set' | 'empty'>>;
  readonly client_id_kind?: 'application-id' | 'object-id';
  readonly credential_age_seconds?: number;
  readonly role_assignment_age_seconds?: number;
  readonly minutes_since_login?: number;
  readonly subject_customization?: SubjectCustomization;
  readonly server_url?: string;
  readonly cloud?: string;
  readonly enterprise_slug?: string;
  readonly intermittent?: boolean;
  readonly client_id?: string;
  readonly tenant_id?: string;
  /** What the client id belongs to. */
  readonly identity_kind?: 'application' | 'managed-identity';
  /** Resource id of the managed identity. */
  readonly identity_resource_id?: string;
  /** That attempts failed before one succeeded, or how many. */
  readonly attempts_failed_then_succeeded?: boolean | number;
}

/** Whatever there is to go by; each part may be missing. */
export interface ExplainInput {
  readonly error: string | null;
  readonly presented: Partial<Presented> | null;
  readonly claims: Claims | null;
  /** Empty: known to be none. Null: not known. */
  readonly configured: readonly Credential[] | null;
  readonly context: ExplainContext;
}

export type ReadInput =
  | { readonly ok: true; readonly input: ExplainInput }
  | { readonly ok: false; readonly problem: string };

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.some((known) => known === value);

interface Field {
  readonly check: Check;
  readonly expected: string;
}

const text: Field = { check: isText, expected: 'a string' };
const flag: Field = { check: isFlag, expected: 'true or false' };
const count: Field = { check: isNumber, expected: 'a number' };
const choice = (...values: readonly string[]): Field => ({
  check: oneOf(...values),
  expected: values.map((value) => `"${value}"`).join(' or '),
});
const record = (check: Check, expected: string): Field => ({
  check: (value) => isRecord(value) && Object.values(value).every(check),
  expected,
});

const CUSTOMIZATION: Readonly<Record<string, Field>> = {
  use_default: flag,
  include_claim_keys: { check: isTexts, expected: 'a list of strings' },
  use_immutable_subject: flag,
  sub_claim_prefix: text,
};

const CONTEXT: Readonly<Record<string, Field>> = {
  event_name: text,
  ref: text,
  environment: { check: (value) => value === null || isText(value), expected: 'a string or null' },
  actor: text,
  fork: flag,
  id_token_permission: choice('write', 'none'),
  reusable_workflow: flag,
  reusable_workflow_caller_grants_id_token: flag,
  inputs: record(oneOf('set', 'empty'), 'an object of "set" and "empty"'),
  client_id_kind: choice('application-id', 'object-id'),
  credential_age_seconds: count,
  role_assignment_age_seconds: count,
  minutes_since_login: count,
  server_url: text,
  cloud: text,
  enterprise_slug: text,
  client_id: text,
  tenant_id: text,
  identity_kind: choice('application', 'managed-identity'),
  identity_resource_id: text,
  intermittent: flag,
  attempts_failed_then_succeeded: {
    check: (value) => isFlag(value) || isNumber(value),
    expected: 'true, false or a number',
  },
};

const PRESENTED: Readonly<Record<string, Field>> = { issuer: text, subject: text, audience: text };

/**
 * Reads what `explain` is given. Unknown fields are left out, null stands for a missing one, and a wrong type is
 * refused by name.
 */
export function readExplainInput(json: unknown): ReadInput {
  if (!isRecord(json)) return refuse('the input', 'an object');
  const { error = null, presented = null, claims = null, configured = null, context = null } = json;
  if (error !== null && typeof error !== 'string') return refuse('error', 'a string');
  if (claims !== null && !isRecord(claims)) return refuse('claims', 'an object');
  const facts = readFields('presented', presented, PRESENTED);
  if (!facts.ok) return facts;
  const run = readContext(context);
  if (!run.ok) return run;
  const credentials = readConfigured(configured);
  if (!credentials.ok) return credentials;
  return {
    ok: true,
    input: {
      error,
      presented: presented === null ? null : facts.fields,
      claims,
      configured: credentials.list,
      context: run.fields,
    },
  };
}

type Fields = { ok: true; fields: Record<string, unknown> } | { ok: false; problem: string };

function readContext(json: unknown): Fields {
  const context = readFields('context', json, CONTEXT);
  if (!context.ok || !isRecord(json)) return context;
  const customization = readFields(
    'context.subject_customization',
    json['subject_customization'] ?? null,
    CUSTOMIZATION,
  );
  if (!customization.ok) return customization;
  if (Object.keys(customization.fields).length > 0)
    context.fields['subject_customization'] = customization.fields;
  return context;
}

function readFields(path: string, json: unknown, known: Readonly<Record<string, Field>>): Fields {
  if (json === null) return { ok: true, fields: {} };
  if (!isRecord(json)) return refuse(path, 'an object');
  const fields: Record<string, unknown> = {};
  for (const [name, { check, expected }] of Object.entries(known)) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value === undefined || (value === null && !check(null))) continue;
    if (!check(value)) return refuse(`${path}.${name}`, expected);
    fields[name] = value;
  }
  return { ok: true, fields };
}

type Configured = { ok: true; list: Credential[] | null } | { ok: false; problem: string };

function readConfigured(json: unknown): Configured {
  if (json === null) return { ok: true, list: null };
  if (!Array.isArray(json)) return refuse('configured', 'a list or null');
  const list: Credential[] = [];
  for (const [index, entry] of json.entries()) {
    const credential = readCredential(entry, `credential ${index + 1}`);
    if (credential === null) return refuse(`configured[${index}]`, 'a federated identity credential');
    list.push(credential);
  }
  return { ok: true, list };
}

function refuse(path: string, expected: string): { ok: false; problem: string } {
  return { ok: false, problem: `${path} must be ${expected}` };
}
