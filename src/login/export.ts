import { join } from 'node:path';
import type { LoginInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/files.ts';
import type { StepEffect } from '../io/step-effect.ts';
import { sdkSession } from '../sessions/sdk.ts';
import type { Session, SessionIdentity } from '../sessions/session.ts';
import { settleSession } from '../sessions/settle.ts';
import { terraformSession } from '../sessions/terraform.ts';
import { presentedBy } from '../trust/claims.ts';
import type { AccessToken } from './exchange.ts';
import type { SignedIn } from './login.ts';

/** All that a sign-in leaves to later steps, in the order in which it is to be written: files first. */
export function exportEffects(
  signedIn: SignedIn,
  inputs: LoginInputs,
  env: Environment,
  directory: PrivateDirectory,
): StepEffect[] {
  const settled = sessionsFor(signedIn, inputs, directory).flatMap((session) =>
    settleSession(session, inputs.sessions, env, directory.isOurs),
  );
  const file = settled.find((effect) => effect.kind === 'file');
  const outputs = { ...identityOutputs(signedIn, inputs), ...tokenOutputs(signedIn.tokens) };
  return [
    ...settled.filter((effect) => effect.kind === 'file'),
    ...Object.entries(outputs).map(([name, value]): StepEffect => ({ kind: 'output', name, value })),
    ...(file ? [{ kind: 'output', name: 'federated-token-file', value: file.path } as const] : []),
    ...settled.filter((effect) => effect.kind !== 'file'),
    ...exportedToken(signedIn.tokens, inputs.exportAccessToken),
  ];
}

function sessionsFor(
  { tenantId, assertion }: SignedIn,
  inputs: LoginInputs,
  directory: PrivateDirectory,
): Session[] {
  const identity: SessionIdentity = {
    clientId: inputs.clientId,
    tenantId,
    subscriptionId: inputs.subscriptionId,
    authority: inputs.cloud.authority,
    terraformName: inputs.cloud.terraformName,
    assertion: assertion.token,
  };
  const make = {
    sdk: () => sdkSession(identity, join(directory.path, 'federated-token')),
    terraform: () => terraformSession(identity),
  };
  return inputs.sessions.clients.map((client) => make[client]());
}

function identityOutputs(
  { assertion, tenantId, principalId }: SignedIn,
  inputs: LoginInputs,
): Record<string, string> {
  return {
    'client-id': inputs.clientId,
    'tenant-id': tenantId,
    'subscription-id': inputs.subscriptionId ?? '',
    'principal-id': principalId ?? '',
    ...presentedBy(assertion.claims),
  };
}

function tokenOutputs(tokens: readonly AccessToken[]): Record<string, string> {
  const [first] = tokens;
  return {
    ...(first ? { 'access-token': first.token, 'expires-on': isoTime(first.expiresAt) } : {}),
    tokens: JSON.stringify(Object.fromEntries(tokens.map(({ name, token }) => [name, token]))),
    expirations: JSON.stringify(
      Object.fromEntries(tokens.map(({ name, expiresAt }) => [name, isoTime(expiresAt)])),
    ),
  };
}

function exportedToken([first]: readonly AccessToken[], name: string | null): StepEffect[] {
  return first && name ? [{ kind: 'variable', name, value: first.token }] : [];
}

/** Seconds since the epoch as ISO 8601 in UTC, without fractions. */
export function isoTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
