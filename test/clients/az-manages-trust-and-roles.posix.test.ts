import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readLintFile } from '../../src/trust/lint/read.ts';
import { application, codeOf } from '../emulator/client.ts';
import { type Az, azTest } from './az.ts';

const GROUP = '/subscriptions/99999999-9999-4999-8999-999999999991/resourceGroups/octo-rg';
const IDENTITY = ['--identity-name', 'octo-identity-untrusting', '--resource-group', 'octo-rg'];
const ISSUER = 'https://token.actions.githubusercontent.com';
const SUBJECT = 'repo:octo-org/octo-repo:environment:production';
const AUDIENCE = 'api://AzureADTokenExchange';
const CREDENTIAL = { name: 'fix', issuer: ISSUER, subject: SUBJECT, audiences: [AUDIENCE] };

const appId = ({ desk }: Az, name: string) => application(desk.emulator, name).appId;
const codeFor = ({ desk }: Az, client: string) => codeOf(desk.emulator, { client });

/** What az asked for since it signed in, without the hosts of sign-in. */
function asked({ desk }: Az, service: 'graph' | 'arm'): string[] {
  const requests = desk.emulator.requests().filter((request) => request.service === service);
  return requests.map(({ method, path, status }) => `${method} ${path} → ${status}`);
}

azTest('az signs in with an ID token and sees its subscription and groups', 'octo-deploy', async (az) => {
  expect(await az.run('account', 'list')).toMatchObject([{ name: 'Octo production', isDefault: true }]);
  expect(await az.run('group', 'list')).toMatchObject([{ id: GROUP }, { name: 'octo-network' }]);
  // Once a day az asks whether a newer az exists; nothing else may leave.
  expect(az.desk.emulator.refusals().filter((target) => target !== 'azure.microsoft.com:443')).toEqual([]);
});

azTest('az creates the credential that an application lacks', 'octo-admin', async (az) => {
  const id = appId(az, 'octo-untrusting');
  expect(await codeFor(az, id)).toBe(70025);
  const file = join(az.desk.directory, 'credential.json');
  await writeFile(file, JSON.stringify(CREDENTIAL));
  const command = ['ad', 'app', 'federated-credential'];
  expect(await az.run(...command, 'create', '--id', id, '--parameters', file)).toMatchObject(CREDENTIAL);
  expect(await codeFor(az, id)).toBeUndefined();
  expect(await az.run(...command, 'list', '--id', id)).toMatchObject([CREDENTIAL]);
  expect(asked(az, 'graph').at(-1)).toMatch(
    /^GET \/v1\.0\/applications\/[^/]+\/federatedIdentityCredentials → 200$/,
  );
  await az.run(...command, 'delete', '--id', id, '--federated-credential-id', 'fix');
  expect(await codeFor(az, id)).toBe(70025);
});

azTest('what az prints of credentials is a file for lint, as it is documented', 'octo-admin', async (az) => {
  const ofApplication = ['ad', 'app', 'federated-credential', 'list', '--id', appId(az, 'octo-deploy')];
  const identity = ['--identity-name', 'octo-identity', '--resource-group', 'octo-rg'];
  const url = `https://graph.microsoft.com/beta/applications(appId='${appId(az, 'octo-deploy')}')/federatedIdentityCredentials`;
  for (const command of [
    [...ofApplication, '--query', '{credentials: @}'],
    ['identity', 'federated-credential', 'list', ...identity, '--query', '{credentials: @}'],
    ['rest', '--url', url, '--query', '{credentials: value}'],
  ]) {
    const printed = await az.run(...command);
    expect(printed).toMatchObject({ credentials: [{ issuer: ISSUER }] });
    expect(readLintFile(printed)).toMatchObject({ ok: true });
  }
});

azTest("az shows Graph's own words where it is refused", 'octo-deploy', async (az) => {
  const id = appId(az, 'octo-untrusting');
  const parameters = JSON.stringify(CREDENTIAL);
  const said = await az.fail(
    'ad',
    'app',
    'federated-credential',
    'create',
    '--id',
    id,
    '--parameters',
    parameters,
  );
  expect(said).toContain('Insufficient privileges to complete the operation.');
});

azTest('az creates, shows and deletes the credential of a managed identity', 'octo-admin', async (az) => {
  const client = 'dddddddd-0000-4000-8000-000000000002';
  const command = ['identity', 'federated-credential'];
  const trust = ['--issuer', ISSUER, '--subject', SUBJECT, '--audiences', AUDIENCE];
  expect(await codeFor(az, client)).toBe(70025);
  await az.run(...command, 'create', '--name', 'fix', ...IDENTITY, ...trust);
  expect(await codeFor(az, client)).toBeUndefined();
  expect(await az.run(...command, 'list', ...IDENTITY)).toMatchObject([{ name: 'fix', subject: SUBJECT }]);
  await az.run(...command, 'delete', '--name', 'fix', ...IDENTITY, '--yes');
  expect(await codeFor(az, client)).toBe(70025);
});

azTest('az lists role assignments with the names of roles and principals', 'octo-admin', async (az) => {
  const every = await az.run('role', 'assignment', 'list', '--all');
  expect(every).toHaveLength(11);
  const assignee = ['--assignee', appId(az, 'octo-deploy')];
  const own = await az.run(
    'role',
    'assignment',
    'list',
    ...assignee,
    '--include-inherited',
    '--include-groups',
  );
  expect(own).toMatchObject([{ roleDefinitionName: 'Reader', principalName: appId(az, 'octo-deploy') }]);
});

azTest('az assigns a role to who has none', 'octo-admin', async (az) => {
  const { servicePrincipal } = application(az.desk.emulator, 'octo-roleless');
  const principal = [
    '--assignee-object-id',
    servicePrincipal?.id ?? '',
    '--assignee-principal-type',
    'ServicePrincipal',
  ];
  const role = ['--role', 'Website Contributor', '--scope', GROUP];
  const made = await az.run('role', 'assignment', 'create', ...principal, ...role);
  expect(made).toMatchObject({ principalId: servicePrincipal?.id, scope: GROUP });
  expect(
    await az.fail('role', 'assignment', 'create', ...principal, '--role', 'Nothing', '--scope', GROUP),
  ).toContain("Role 'Nothing' doesn't exist");
});

azTest('az makes the missing service principal and enables the disabled one', 'octo-admin', async (az) => {
  const missing = appId(az, 'octo-no-principal');
  expect(await codeFor(az, missing)).toBe(7000229);
  await az.run('ad', 'sp', 'create', '--id', missing);
  expect(await codeFor(az, missing)).toBeUndefined();
  const disabled = appId(az, 'octo-disabled');
  expect(await codeFor(az, disabled)).toBe(7000112);
  await az.run('ad', 'sp', 'update', '--id', disabled, '--set', 'accountEnabled=true');
  expect(await codeFor(az, disabled)).toBeUndefined();
});

azTest('az rest reads and writes an expression through Graph beta', 'octo-admin', async (az) => {
  const { objectId } = application(az.desk.emulator, 'octo-untrusting');
  const url = `https://graph.microsoft.com/beta/applications/${objectId}/federatedIdentityCredentials`;
  const value = "claims['sub'] matches 'repo:octo-org/octo-repo:*' and claims['repository_id'] eq '74321'";
  const body = { ...CREDENTIAL, subject: null, claimsMatchingExpression: { value, languageVersion: 1 } };
  await az.run('rest', '--method', 'post', '--url', url, '--body', JSON.stringify(body));
  expect(await codeFor(az, appId(az, 'octo-untrusting'))).toBeUndefined();
  expect(await az.run('rest', '--method', 'get', '--url', url)).toMatchObject({ value: [body] });
});
