import { expect, test } from 'vitest';
import type { SessionClient } from '../../../src/inputs/inputs.ts';
import { canRenew, SESSION_FEEDS, type SourceKind } from '../../../src/inputs/session-feeds.ts';
import { azcopySession, powershellSession, sdkSession } from '../../../src/sessions/sdk.ts';
import type { Session, SessionIdentity } from '../../../src/sessions/session.ts';
import { terraformSession } from '../../../src/sessions/terraform.ts';

const SOURCES = Object.keys(SESSION_FEEDS) as SourceKind[];
const MAKE: Readonly<Record<Exclude<SessionClient, 'az'>, (identity: SessionIdentity) => Session>> = {
  terraform: terraformSession,
  sdk: (identity) => sdkSession(identity, { withTokenFile: true }),
  azcopy: (identity) => azcopySession(identity, { followsAz: false }),
  powershell: powershellSession,
};
type OtherClient = keyof typeof MAKE;
const CLIENTS = Object.keys(MAKE) as OtherClient[];
const ENDPOINT = { url: 'http://127.0.0.1:1/e', header: 'h' };

function identity(
  source: SourceKind,
  renewing: boolean,
  more: Partial<SessionIdentity> = {},
): SessionIdentity {
  const own = { path: '/private', content: 'a' };
  return {
    source,
    clientId: 'c',
    tenantId: 't',
    subscriptionId: null,
    authority: 'login.example',
    terraform: { ARM_ENVIRONMENT: 'public' },
    tokenFile: source === 'file' ? { path: '/projected', content: null } : own,
    endpoint: renewing ? ENDPOINT : null,
    isSystemAssigned: false,
    inTheWay: [],
    goesOn: false,
    ...more,
  };
}

/** By what a client signs in, read from the variables alone, as the client does. */
function way({ variables, files }: Session): string {
  const file = variables['ARM_OIDC_TOKEN_FILE_PATH'] ?? variables['AZURE_FEDERATED_TOKEN_FILE'];
  if (file) return files.some(({ path }) => path === file) ? 'a copy' : file;
  if (variables['IDENTITY_ENDPOINT']) return 'the endpoint';
  return variables['ARM_USE_OIDC'] === 'true' ? 'GitHub' : 'the machine';
}

const EXPECTED: Readonly<
  Record<SourceKind, Readonly<Record<OtherClient, readonly [string, string | null]>>>
> = {
  github: {
    terraform: ['GitHub', 'GitHub'],
    sdk: ['a copy', 'the endpoint'],
    azcopy: ['a copy', 'the endpoint'],
    powershell: ['a copy', 'the endpoint'],
  },
  file: {
    terraform: ['/projected', '/projected'],
    sdk: ['/projected', 'the endpoint'],
    azcopy: ['/projected', 'the endpoint'],
    powershell: ['/projected', 'the endpoint'],
  },
  google: {
    terraform: ['a copy', 'a copy'],
    sdk: ['a copy', 'the endpoint'],
    azcopy: ['a copy', 'the endpoint'],
    powershell: ['a copy', 'the endpoint'],
  },
  aws: {
    terraform: ['a copy', 'a copy'],
    sdk: ['a copy', 'the endpoint'],
    azcopy: ['a copy', 'the endpoint'],
    powershell: ['a copy', 'the endpoint'],
  },
  'managed-identity': {
    terraform: ['a copy', 'a copy'],
    sdk: ['a copy', 'the endpoint'],
    azcopy: ['a copy', 'the endpoint'],
    powershell: ['a copy', 'the endpoint'],
  },
  'direct-managed-identity': {
    terraform: ['the machine', null],
    sdk: ['the machine', null],
    azcopy: ['the machine', null],
    powershell: ['the machine', null],
  },
};

const PAIRS = SOURCES.flatMap((source) => CLIENTS.map((client) => ({ source, client })));

test.each(PAIRS)('$source feeds $client as the table says', ({ source, client }) => {
  const [fixed, renewing] = EXPECTED[source][client];
  expect(way(MAKE[client](identity(source, false)))).toBe(fixed);
  expect(SESSION_FEEDS[source][client].renewing === null).toBe(renewing === null);
  if (renewing !== null) expect(way(MAKE[client](identity(source, true)))).toBe(renewing);
});

test.each(CLIENTS)("%s asks for the machine's system-assigned identity by naming none", (client) => {
  const of = (isSystemAssigned: boolean) =>
    MAKE[client](identity('direct-managed-identity', false, { tokenFile: null, isSystemAssigned }));
  expect(Object.values(of(true).variables)).not.toContain('c');
  expect(Object.values(of(false).variables)).toContain('c');
});

const IN_THE_WAY = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'];

test.each(CLIENTS)(
  'an endpoint that an earlier sign-in left is taken out of the way of the machine: %s',
  (client) => {
    const { clears } = MAKE[client](identity('direct-managed-identity', false, { inTheWay: IN_THE_WAY }));
    expect(clears).toEqual(expect.arrayContaining(IN_THE_WAY));
  },
);

test('Terraform, which asks GitHub itself, leaves the endpoint to those who ask it', () => {
  expect(terraformSession(identity('github', false, { inTheWay: IN_THE_WAY })).clears).not.toEqual(
    expect.arrayContaining(IN_THE_WAY),
  );
});

test('only what asks with an assertion can be renewed', () => {
  expect(SOURCES.filter((source) => !canRenew(source))).toEqual(['direct-managed-identity']);
});
