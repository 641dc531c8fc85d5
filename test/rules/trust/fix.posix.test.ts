import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { credentialName, fixSnippets, listCredentials, quote, type Snippet } from '../../../src/trust/fix.ts';
import { fc } from '../../harness/property.ts';

test('names a credential as Graph allows, whatever the subject', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (subject) =>
      /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(credentialName(subject)),
    ),
  );
  expect(credentialName('repo:octo-org/octo-repo:ref:refs/heads/main')).toBe(
    'github-octo-org-octo-repo-ref-refs-heads-main',
  );
});

test('quotes any text as one word of a POSIX shell', () => {
  const samples = fc
    .sample(fc.string({ unit: 'binary', maxLength: 40 }), 60)
    .map((text) => text.replaceAll('\0', ''));
  const script = samples.map((text) => `printf '%s\\0' ${quote(text)}`).join('\n');
  const { stdout } = spawnSync('sh', { input: script, encoding: 'utf8' });
  expect(stdout.split('\0').slice(0, -1)).toEqual(samples.map((text) => Buffer.from(text).toString()));
});

const CLIENT = '11111111-2222-4333-8444-555555555555';
const TOKEN = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: "repo:acme/shop:environment:it's prod",
  audience: 'api://AzureADTokenExchange',
};

/** The arguments with which bash calls az, which knows one identity. */
function calls({ text }: Snippet): readonly (readonly string[])[] {
  const az = `az() { { printf '%s\\0' "$@"; printf '\\1\\0'; } >&3; [ "$1 $2" != 'identity list' ] || printf 'deployer\\tplatform\\n'; }`;
  const { output, status } = spawnSync('bash', ['--norc', '-euc', `${az}\n${text}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  expect([output[2], status]).toEqual(['', 0]);
  return (output[3] ?? '')
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

test('a credential for an app registration trusts exactly what is presented', () => {
  const [app] = fixSnippets('create-credential', CLIENT, TOKEN);
  if (!app) return expect.fail();
  expect(app).toMatchObject({ title: 'If it is an app registration', language: 'bash' });
  const [call = []] = calls(app);
  expect(call.slice(0, -1)).toEqual([
    'ad',
    'app',
    'federated-credential',
    'create',
    '--id',
    CLIENT,
    '--parameters',
  ]);
  expect(JSON.parse(call.at(-1) ?? '')).toEqual({
    name: 'github-acme-shop-environment-it-s-prod',
    issuer: TOKEN.issuer,
    subject: TOKEN.subject,
    audiences: [TOKEN.audience],
  });
});

test('a credential for a managed identity is made where the client id is found', () => {
  const [, identity] = fixSnippets('create-credential', CLIENT, TOKEN);
  if (!identity) return expect.fail();
  expect(identity.title).toBe('If it is a user-assigned managed identity');
  const [list, create] = calls(identity);
  expect(list).toEqual([
    'identity',
    'list',
    '--query',
    `[?clientId=='${CLIENT}'].[name, resourceGroup]`,
    '--output',
    'tsv',
  ]);
  expect(create?.join(' ')).toBe(
    `identity federated-credential create --identity-name deployer --resource-group platform --name github-acme-shop-environment-it-s-prod --issuer ${TOKEN.issuer} --subject ${TOKEN.subject} --audiences ${TOKEN.audience}`,
  );
});

test('the credential of a pod is not named after GitHub', () => {
  const pod = { ...TOKEN, issuer: 'https://k.example', subject: 'system:serviceaccount:octo:deployer' };
  expect(fixSnippets('create-credential', CLIENT, pod)[0]?.text).toContain(
    'workload-system-serviceaccount-octo-deployer',
  );
});

test.each([
  [fixSnippets('create-service-principal', CLIENT, TOKEN), `ad sp create --id ${CLIENT}`],
  [
    fixSnippets('enable-service-principal', CLIENT, TOKEN),
    `ad sp update --id ${CLIENT} --set accountEnabled=true`,
  ],
  [[listCredentials(CLIENT)], `ad app federated-credential list --id ${CLIENT} --output table`],
])('a change of one command: %#', (snippets, command) => {
  expect(snippets.flatMap(calls).map((call) => call.join(' '))).toEqual([command]);
  expect(snippets[0]?.title).toMatch(/^[A-Z][a-z ]+$/);
});
