import { type BrokenRule, brokenRule, MAX_CREDENTIALS } from '../credential-rules.ts';
import type { Application, ClaimsMatchingExpression, FederatedIdentityCredential } from '../entities.ts';
import { expressionObjection } from '../expression.ts';
import { guidFrom } from '../guids.ts';
import { findApplication, keyOf } from './applications.ts';
import { type Answer, bodyText, type Call, checkProperties } from './call.ts';
import { requireWrite } from './caller.ts';
import { badRequest, GraphError, notFound } from './errors.ts';
import { answerItem, answerList, type Queryable } from './query.ts';

const CREDENTIALS: Queryable = {
  set: 'federatedIdentityCredentials',
  filterable: ['name', 'subject', 'issuer'],
};
const PROPERTIES = ['id', 'name', 'issuer', 'subject', 'description', 'audiences'];

function idOf({ id, name }: FederatedIdentityCredential, { objectId }: Application): string {
  return id ?? guidFrom(`${objectId} ${name}`);
}

// v1.0 knows no expressions: a flexible credential shows there with a subject of null.
function shape(
  call: Call,
  credential: FederatedIdentityCredential,
  application: Application,
): Record<string, unknown> {
  const { name, issuer, subject, description, audiences, claimsMatchingExpression } = credential;
  return {
    id: idOf(credential, application),
    name,
    issuer,
    subject,
    description: description ?? null,
    audiences,
    ...(call.version === 'beta' && { claimsMatchingExpression: claimsMatchingExpression ?? null }),
  };
}

// Code and wording as reported in Azure/azure-workload-identity#434; others of the kind are worded after it.
function invalid(field: string, value: string, message: string): GraphError {
  const parameter = `paramName: FederatedIdentityCredential.${field}, paramValue: ${value}`;
  const type = 'objectType: Microsoft.Online.DirectoryServices.Application';
  return new GraphError(400, 'InvalidFederatedIdentityCredentialValue', `${message} ${parameter}, ${type}`);
}

function refusalOf(
  broken: BrokenRule,
  { name, issuer, subject, audiences }: FederatedIdentityCredential,
): GraphError {
  const [audience = ''] = audiences;
  switch (broken.rule) {
    case 'name':
      return invalid(
        'Name',
        name,
        'The name must be 3 to 120 URL-friendly characters, beginning with a letter or digit.',
      );
    case 'audiences':
      return invalid('Audiences', audience, 'There must be exactly one audience.');
    case 'empty':
      return invalid(broken.field, '', `A value must be specified for ${broken.field}.`);
    case 'both':
      return invalid(
        'Subject',
        subject ?? '',
        'Only one of Subject and ClaimsMatchingExpression may be specified.',
      );
    case 'length':
      return invalid(broken.field, '', `The value of ${broken.field} exceeds the maximum length of 600.`);
    case 'duplicate':
      return invalid(
        'Subject',
        subject ?? '',
        `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${subject} already exist.`,
      );
    case 'too-many':
      return invalid(
        'Name',
        name,
        `An application may have at most ${MAX_CREDENTIALS} federated identity credentials.`,
      );
  }
}

function check(
  credential: FederatedIdentityCredential,
  others: readonly FederatedIdentityCredential[],
): void {
  const broken = brokenRule(credential, others);
  if (broken) throw refusalOf(broken, credential);
  const expression = credential.claimsMatchingExpression;
  const objection = expression ? expressionObjection(expression, credential.issuer) : null;
  if (expression && objection) throw invalid('ClaimsMatchingExpression', expression.value, objection);
}

function bodyAudiences({ body }: Call): string[] | undefined {
  const value = body['audiences'];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw badRequest("A collection of 'Edm.String' is expected for property 'audiences'.");
}

function bodyExpression({ body }: Call): ClaimsMatchingExpression | null | undefined {
  const value = body['claimsMatchingExpression'];
  if (value === undefined || value === null) return value;
  const text = typeof value === 'object' && 'value' in value ? value.value : null;
  const version = typeof value === 'object' && 'languageVersion' in value ? value.languageVersion : null;
  if (typeof text === 'string' && version === 1) return { value: text, languageVersion: 1 };
  throw badRequest('claimsMatchingExpression needs a value and the languageVersion 1.');
}

/** The credential that results from laying a body over what there was. */
function merged(call: Call, before: FederatedIdentityCredential): FederatedIdentityCredential {
  checkProperties(call, 'federatedIdentityCredential', [
    ...PROPERTIES,
    ...(call.version === 'beta' ? ['claimsMatchingExpression'] : []),
  ]);
  const description = bodyText(call, 'description') ?? before.description;
  const expression = bodyExpression(call);
  return {
    ...before,
    issuer: bodyText(call, 'issuer') ?? before.issuer,
    audiences: bodyAudiences(call) ?? before.audiences,
    subject: 'subject' in call.body ? (bodyText(call, 'subject') ?? null) : before.subject,
    ...(description !== undefined && { description }),
    ...(expression !== undefined && { claimsMatchingExpression: expression }),
  };
}

function find(application: Application, idOrName: string): FederatedIdentityCredential {
  const found = application.federatedIdentityCredentials.find(
    (one) => idOf(one, application) === idOrName || one.name === idOrName,
  );
  if (!found) throw notFound(idOrName);
  return found;
}

/** `GET …/federatedIdentityCredentials`. */
export function listCredentials(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), call.state.ownCredentialsReadable);
  const all = application.federatedIdentityCredentials.map((one) => shape(call, one, application));
  return answerList(call, all, CREDENTIALS);
}

/** `GET …/federatedIdentityCredentials/{id or name}`. */
export function getCredential(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), call.state.ownCredentialsReadable);
  const found = find(application, call.names[2] || call.names[3] || '');
  return answerItem(call, shape(call, found, application), CREDENTIALS.set);
}

function add(call: Call, application: Application, name: string): Answer {
  const all = application.federatedIdentityCredentials;
  const blank = { name, issuer: '', audiences: [], subject: null };
  const credential = merged(call, blank);
  if (all.some((one) => one.name === name)) {
    const message = `FederatedIdentityCredential with name ${name} already exists.`;
    throw new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', message);
  }
  check(credential, all);
  all.push(credential);
  return answerItem(call, shape(call, credential, application), CREDENTIALS.set, 201);
}

/** `POST …/federatedIdentityCredentials`. Source: Graph, "Create federatedIdentityCredential". */
export function createCredential(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), true);
  requireWrite(call.caller, application.owners ?? []);
  return add(call, application, bodyText(call, 'name') ?? '');
}

/** `PATCH …/{id or name}`; with `Prefer: create-if-missing` a name that does not exist is created. */
export function updateCredential(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), true);
  requireWrite(call.caller, application.owners ?? []);
  const name = call.names[3];
  const all = application.federatedIdentityCredentials;
  if (
    name &&
    call.request.headers.get('prefer') === 'create-if-missing' &&
    !all.some((one) => one.name === name)
  )
    return add(call, application, name);
  const found = find(application, call.names[2] || name || '');
  const renamed = bodyText(call, 'name');
  // Graph, federatedIdentityCredential: the name is not changed once it was set.
  if (renamed !== undefined && renamed !== found.name)
    throw invalid('Name', renamed, 'The name is immutable.');
  const credential = merged(call, found);
  check(
    credential,
    all.filter((one) => one !== found),
  );
  Object.assign(found, credential);
  return { status: 204, body: null };
}

/** `DELETE …/{id or name}`. */
export function deleteCredential(call: Call): Answer {
  const application = findApplication(call, keyOf(call.names), true);
  requireWrite(call.caller, application.owners ?? []);
  const found = find(application, call.names[2] || call.names[3] || '');
  const rest = application.federatedIdentityCredentials.filter((one) => one !== found);
  application.federatedIdentityCredentials = rest;
  return { status: 204, body: null };
}
