import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const SECRET = 'abc8Q~Very.Secret-Value_0123456789abcdefg';
const CASES: [string, Record<string, string>, RegExp][] = [
  [
    'client id',
    { 'client-id': '1234' },
    /^input-invalid: input `client-id` is not a GUID \(4 characters: digits\)/,
  ],
  [
    'secret as client id',
    { 'client-id': SECRET },
    /^input-invalid: input `client-id` is not a GUID \(41 characters: letters, /,
  ],
  [
    'domain as client id',
    { 'client-id': 'contoso.com' },
    /^input-invalid: input `client-id` is not a GUID [\s\S]*swapped/,
  ],
  ['empty tenant', { 'tenant-id': ' ' }, /^input-invalid: input `tenant-id` is empty\./],
  [
    'tenant of many',
    { 'tenant-id': 'common' },
    /^input-invalid: input `tenant-id` is neither a GUID nor a domain/,
  ],
  [
    'equal ids',
    { 'client-id': '11111111-1111-4111-8111-111111111111' },
    /^input-invalid: input `client-id` has the same value as `tenant-id`/,
  ],
  [
    'subscription',
    { 'subscription-id': 'production' },
    /^input-invalid: input `subscription-id` is not a GUID/,
  ],
  [
    'cloud',
    { cloud: 'AzureGermanCloud' },
    /^input-invalid: input `cloud` has an unknown value [\s\S]*Known: AzureCloud, AzureUSGovernment, AzureChinaCloud/,
  ],
  ['mode', { mode: 'logout' }, /^input-invalid: input `mode` has an unknown value/],
  [
    'alias',
    { tokens: 'arm\ngraf' },
    /^input-invalid: input `tokens` holds an entry 'graf' that is neither a known alias nor a resource/,
  ],
  [
    'alias of another cloud',
    { cloud: 'AzureChinaCloud', tokens: 'devops' },
    /^input-invalid: input `tokens` asks for 'devops', which AzureChinaCloud does not offer/,
  ],
  [
    'two resources',
    { tokens: 'x=https://a.example/.default https://b.example/.default' },
    /^input-invalid: input `tokens` asks for more than one resource/,
  ],
  ['duplicate names', { tokens: 'arm\nARM=graph' }, /^input-invalid: input `tokens` names 'ARM' twice/],
  [
    'name of a token',
    { tokens: 'a b=arm' },
    /^input-invalid: input `tokens` holds a name that cannot be used/,
  ],
  [
    'variable with a line end',
    { 'export-access-token': 'A\nPATH' },
    /^input-invalid: input `export-access-token` is not the name of an environment variable/,
  ],
  [
    'variable of the system',
    { 'export-access-token': 'LD_PRELOAD' },
    /^input-invalid: input `export-access-token` names the variable LD_PRELOAD/,
  ],
  [
    'variable of the runner',
    { 'export-access-token': 'github_env' },
    /^input-invalid: input `export-access-token` names the variable github_env/,
  ],
  ['boolean', { 'mask-ids': 'yes' }, /^input-invalid: input `mask-ids` is neither true nor false/],
  ['timeout', { timeout: '1m' }, /^input-invalid: input `timeout` is not a number of seconds from 1 to 3600/],
  ['no time at all', { timeout: '0' }, /^input-invalid: input `timeout` is not a number of seconds/],
  [
    'wait',
    { 'wait-for-trust': '-1' },
    /^input-invalid: input `wait-for-trust` is not a number of seconds from 0 to 3600/,
  ],
  ['sessions', { sessions: 'sdk,azure' }, /^input-invalid: input `sessions` has an unknown value/],
  [
    'mixed sessions',
    { sessions: 'auto,sdk' },
    /^input-invalid: input `sessions` combines `auto` or `none` with something else/,
  ],
  [
    'requirement',
    { 'require-claims': 'ref' },
    /^input-invalid: input `require-claims` holds a line that is no requirement/,
  ],
  ['audience', { audience: 'two words' }, /^input-invalid: input `audience` is not an audience/],
  [
    'allowed tenant',
    { 'allowed-tenants': 'contoso' },
    /^input-invalid: input `allowed-tenants` is neither a GUID nor a domain/,
  ],
  [
    'empty guards',
    { 'allowed-tenants': ' , ,' },
    /^input-invalid: input `allowed-tenants` holds separators only/,
  ],
  [
    'empty client guards',
    { 'allowed-clients': ',' },
    /^input-invalid: input `allowed-clients` holds separators only/,
  ],
  ['empty sessions', { sessions: ',' }, /^input-invalid: input `sessions` holds separators only/],
  [
    'requirement with a slip',
    { 'require-claims': 'ref!==refs/heads/main' },
    /^input-invalid: input `require-claims` holds a line that is no requirement/,
  ],
  [
    'token of GitHub that no header can hold',
    { mode: 'validate', 'github-token': `${SECRET}\n${SECRET}` },
    /^input-invalid: input `github-token` is not a token \(83 characters: /,
  ],
  [
    'variable of an SDK',
    { 'export-access-token': 'AZURE_CLIENT_ID' },
    /^input-invalid: input `export-access-token` names the variable AZURE_CLIENT_ID/,
  ],
  [
    'variable of Terraform',
    { 'export-access-token': 'ARM_CLIENT_SECRET' },
    /^input-invalid: input `export-access-token` names the variable ARM_CLIENT_SECRET/,
  ],
];

for (const [what, inputs, sentence] of CASES) {
  scenario(`refuses an input that cannot be meant: ${what}`, async ({ signIn, traffic }) => {
    const step = await signIn({ inputs });
    expect(step.code).toBe(1);
    expect(step.error()).toMatch(sentence);
    expect(step.stdout + step.summary).not.toContain(SECRET);
    expect(traffic()).toEqual([]);
  });
}

scenario('takes no id from the environment, where an input is empty', async ({ job, signIn, traffic }) => {
  const step = await signIn();
  const { AZURE_CLIENT_ID, AZURE_TENANT_ID } = job.environment();
  expect([step.code, AZURE_CLIENT_ID, AZURE_TENANT_ID]).toEqual([0, expect.any(String), expect.any(String)]);
  const before = traffic();
  for (const input of ['client-id', 'tenant-id']) {
    const second = await signIn({ inputs: { [input]: '' } });
    expect([second.code, second.error()]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^input-invalid: input \`${input}\` is empty`)),
    ]);
  }
  expect(traffic()).toEqual(before);
});
