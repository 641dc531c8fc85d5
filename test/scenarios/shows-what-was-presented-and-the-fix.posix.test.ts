import { expect } from 'vitest';
import { runProcess } from '../../src/emulator/runner/process.ts';
import { scenario } from '../harness/scenario.ts';
import { scriptUnder } from '../harness/summary.ts';

scenario(
  'shows what was presented, what Entra said, and ids to look it up by',
  async ({ emulator, signIn }) => {
    const step = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000002' } });
    const correlation = emulator.requests()[1]?.headers['client-request-id'];
    for (const [label, value] of [
      ['issuer presented', 'https://token.actions.githubusercontent.com'],
      ['subject presented', 'repo:octo-org/octo-repo:environment:production'],
      ['audience presented', 'api://AzureADTokenExchange'],
      ['client', 'aaaaaaaa-0000-4000-8000-000000000002'],
      ['tenant', '11111111-1111-4111-8111-111111111111 (AzureCloud)'],
      ['correlation id', correlation],
    ]) {
      expect(step.error()).toMatch(new RegExp(`^  ${label} +${value?.replace(/[.()]/g, '\\$&')}$`, 'm'));
      expect(step.summary).toContain(`| ${label} | <code>`);
    }
    expect(step.error()).toMatch(/^ {2}Entra said +AADSTS700213: No matching federated identity record/m);
  },
);

scenario(
  'names the other form of the subject when the repository may just have changed it',
  async ({ signIn, emulator }) => {
    const nameBased = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000002' } });
    expect(nameBased.error()).toContain(
      "'repo:octo-org@65432/octo-repo@74321:environment:production' (with ids",
    );
    emulator.state.run.subject.immutable = true;
    const immutable = await signIn();
    expect(immutable.error()).toMatch(
      /^AADSTS700213: .*'repo:octo-org@65432\/octo-repo@74321:environment:production'\./,
    );
    expect(immutable.error()).toContain("'repo:octo-org/octo-repo:environment:production' (without them)");
  },
);

/** The commands under the given titles, run by bash with an `az` that prints its arguments one a line. */
async function runFix(summary: string, title: string): Promise<string[]> {
  const script = scriptUnder(title, summary);
  const az = `az() { if [ "$2" = list ]; then printf 'octo-identity\\tocto-rg\\n'; else printf '%s\\n' "$@"; fi; }`;
  const { stdout, stderr } = await runProcess('bash', ['-euc', `${az}\n${script}`], {
    PATH: process.env['PATH'],
  });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

const HOSTILE = 'prod\'s $(touch /tmp/x) `id` "q" | # \\ ';

for (const environment of ['production', HOSTILE]) {
  scenario(
    `gives commands that create exactly the credential that is missing (${environment})`,
    async (scene) => {
      scene.emulator.state.run.environment = environment;
      const step = await scene.signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000006' } });
      const subject = `repo:octo-org/octo-repo:environment:${environment}`;
      const issuer = 'https://token.actions.githubusercontent.com';

      const app = await runFix(step.summary, 'If it is an app registration');
      expect(app.slice(0, 6)).toEqual([
        'ad',
        'app',
        'federated-credential',
        'create',
        '--id',
        'aaaaaaaa-0000-4000-8000-000000000006',
      ]);
      const credential = JSON.parse(app[7] ?? '');
      expect(credential).toEqual({
        name: credential.name,
        issuer,
        subject,
        audiences: ['api://AzureADTokenExchange'],
      });
      expect(credential.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);

      const identity = await runFix(step.summary, 'If it is a user-assigned managed identity');
      expect(identity).toEqual([
        ...[
          'identity',
          'federated-credential',
          'create',
          '--identity-name',
          'octo-identity',
          '--resource-group',
          'octo-rg',
        ],
        ...[
          '--name',
          credential.name,
          '--issuer',
          issuer,
          '--subject',
          subject,
          '--audiences',
          'api://AzureADTokenExchange',
        ],
      ]);
    },
  );
}

scenario('gives the one command for a service principal that is missing or disabled', async ({ signIn }) => {
  const missing = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000007' } });
  expect(missing.error()).toContain('az ad sp create --id aaaaaaaa-0000-4000-8000-000000000007');
  const disabled = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000008' } });
  expect(disabled.error()).toContain(
    'az ad sp update --id aaaaaaaa-0000-4000-8000-000000000008 --set accountEnabled=true',
  );
});
