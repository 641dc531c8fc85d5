import { expect } from 'vitest';
import { ID_TOKEN, scenario } from '../harness/scenario.ts';

const OTHER = '77777777-7777-4777-8777-777777777777';

scenario('refuses a client that is not allowed before anything is sent', async ({ signIn, traffic }) => {
  const step = await signIn({ inputs: { 'allowed-clients': OTHER } });
  expect(step.code).toBe(1);
  expect(step.error()).toMatch(/^guard-client: the client 'aaaaaaaa-.*' is not among `allowed-clients`/);
  expect(traffic()).toEqual([]);
});

scenario('refuses a tenant that is not allowed before anything is sent', async ({ signIn, traffic }) => {
  const step = await signIn({ inputs: { 'allowed-tenants': `${OTHER},contoso.com` } });
  expect(step.code).toBe(1);
  expect(step.error()).toMatch(/^guard-tenant: the tenant '11111111-.*' is not among `allowed-tenants`/);
  expect(traffic()).toEqual([]);
});

scenario('checks a tenant given as a domain again on the id in the token', async ({ signIn }) => {
  const inputs = { 'tenant-id': 'contoso.com' };
  const wrong = await signIn({ inputs: { ...inputs, 'allowed-tenants': `contoso.com\n${OTHER}` } });
  expect(wrong.error()).toMatch(/^guard-tenant: the tenant '11111111-.*' is not among/);
  expect(wrong.outputs).toEqual({});
  const right = await signIn({
    inputs: { ...inputs, 'allowed-tenants': 'CONTOSO.com\n11111111-1111-4111-8111-111111111111' },
  });
  expect(right.code, right.stdout).toBe(0);
});

const UNMET = [
  ['ref=refs/heads/release', "the claim 'ref' is 'refs/heads/main', required is 'refs/heads/release'"],
  ['environment!=production', "the claim 'environment' is 'production', forbidden is 'production'"],
  ['job_workflow_ref~octo-org/other/*', "the claim 'job_workflow_ref' is"],
  ['enterprise!=evil', "the claim 'enterprise' is absent"],
  ['ENVIRONMENT=production', "the claim 'ENVIRONMENT' is absent"],
];
for (const [requirement = '', story = ''] of UNMET) {
  scenario(
    `sends nothing to Entra when the ID token does not meet ${requirement}`,
    async ({ signIn, traffic }) => {
      const step = await signIn({
        inputs: { 'require-claims': `repository=octo-org/octo-repo\n${requirement}` },
      });
      expect(step.code).toBe(1);
      expect(step.error()).toContain('guard-claim: the ID token does not meet `require-claims`: ');
      expect(step.error()).toContain(story);
      expect(traffic()).toEqual([ID_TOKEN]);
    },
  );
}

scenario('signs in when every requirement is met', async ({ signIn }) => {
  const met = 'repository_id=74321\nref~refs/heads/*\nevent_name!=pull_request\nrun_attempt~?';
  expect((await signIn({ inputs: { 'require-claims': met } })).code).toBe(0);
});
