import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../api.ts';
import { createEmulator } from '../emulator.ts';
import type { FederatedIdentityCredential } from '../entities.ts';
import { Job, type Machine } from '../runner/job.ts';
import type { Seed } from '../state.ts';
import { sessionOutlivesItsIdToken, type Tool } from './session.ts';
import { createStage, type Stage } from './stage.ts';

/** The story is over when it was told as it should be: exit status 0, else 1. */
export async function runDemo(
  machine: Omit<Machine, 'connection'>,
  tool: Tool,
  colour: boolean,
  print: (line: string) => void,
): Promise<number> {
  const stage = createStage(colour, print);
  stage.title('Entra Federate, on an emulated GitHub and Entra ID. Nothing leaves this machine.');
  const worked = await signInWorks(machine, stage);
  const explained = await mismatchIsExplained(machine, stage);
  const mended = await trustIsValidatedAndMended(machine, stage);
  const stayed = await onRunner(machine, {}, (job, inputs, emulator) =>
    sessionOutlivesItsIdToken(job, inputs, emulator, tool, stage),
  );
  const all = worked && explained && mended && stayed;
  stage.title(all ? 'That is all of it.' : 'The demo did not go as it should: see above.');
  return all ? 0 : 1;
}

async function signInWorks(machine: Omit<Machine, 'connection'>, stage: Stage): Promise<boolean> {
  stage.chapter('1. A deploy job signs in', [
    '- uses: entra-federate/entra-federate@v1',
    '  with:',
    '    client-id: ${{ vars.AZURE_CLIENT_ID }}',
    '    tenant-id: ${{ vars.AZURE_TENANT_ID }}',
    '    tokens: |',
    '      arm',
    '      vault=keyvault',
  ]);
  return onRunner(machine, {}, async (job, inputs) => {
    const step = await job.run('main', { inputs: { ...inputs, tokens: 'arm\nvault=keyvault' } });
    stage.step(step);
    stage.values('Outputs (shortened here)', step.outputs);
    stage.values('Environment of the later steps', step.variables);
    stage.summary(step.summary);
    const directory = step.state['directory'] ?? '';
    const existed = existsSync(directory);
    const post = await job.post(step);
    stage.step(post);
    return step.code === 0 && existed && post.code === 0 && !existsSync(directory);
  });
}

async function mismatchIsExplained(machine: Omit<Machine, 'connection'>, stage: Stage): Promise<boolean> {
  stage.chapter('2. The repository was renamed, and GitHub now puts ids into its subjects', [
    'the credential still names  repo:octo-org/octo-repo:environment:production',
  ]);
  const seed = { run: { subject: { immutable: true, claimKeys: null } } };
  return onRunner(machine, seed, async (job, inputs) => {
    const step = await job.run('main', { inputs });
    stage.step(step, 'first line of errors');
    stage.summary(step.summary);
    return step.code === 1 && step.error().startsWith('AADSTS700213');
  });
}

async function trustIsValidatedAndMended(
  machine: Omit<Machine, 'connection'>,
  stage: Stage,
): Promise<boolean> {
  stage.chapter('3. A trust is validated, mended as the report says, and validated again', [
    '- uses: entra-federate/entra-federate@v1',
    '  with:',
    '    mode: validate',
    '    client-id: ${{ vars.AZURE_CLIENT_ID }}        # trusts a branch, while the job names an environment',
    '    tenant-id: ${{ vars.AZURE_TENANT_ID }}',
    '    reader-client-id: ${{ vars.READER_CLIENT_ID }} # may read the directory',
  ]);
  return onRunner(machine, {}, async (job, inputs, emulator) => {
    const applications = emulator.state.tenants[0]?.applications ?? [];
    const [broken, reader] = ['octo-main-only', 'octo-admin'].map((name) =>
      applications.find(({ displayName }) => displayName === name),
    );
    const reportFile = join(job.temp, 'report.json');
    const validation = {
      ...inputs,
      mode: 'validate',
      'client-id': broken?.appId ?? '',
      'reader-client-id': reader?.appId ?? '',
      'report-file': reportFile,
    };
    const before = await job.run('main', { inputs: validation });
    stage.summary(before.summary, 'The chain');
    const credential = credentialIn(readFileSync(reportFile, 'utf8'));
    broken?.federatedIdentityCredentials.push(credential);
    stage.values('The fix is applied', { name: credential.name, subject: credential.subject ?? '' });
    const after = await job.run('main', { inputs: validation });
    stage.summary(after.summary, 'Findings');
    return before.outputs['cause'] === 'subject-entity-type' && after.outputs['result'] === 'pass';
  });
}

/** The body of the Graph request that a report gives as fix. */
function credentialIn(report: string): FederatedIdentityCredential {
  const { fix } = JSON.parse(report) as { fix: { graph: string } };
  return JSON.parse(fix.graph.slice(fix.graph.indexOf('{'))) as FederatedIdentityCredential;
}

async function onRunner(
  machine: Omit<Machine, 'connection'>,
  seed: Partial<Seed>,
  story: (job: Job, inputs: Record<string, string>, emulator: Emulator) => Promise<boolean>,
): Promise<boolean> {
  const emulator = await createEmulator({ seed });
  const {
    AZURE_CLIENT_ID = '',
    AZURE_TENANT_ID = '',
    AZURE_SUBSCRIPTION_ID = '',
    ...connection
  } = emulator.env;
  const job = new Job({ ...machine, connection });
  try {
    return await story(
      job,
      {
        'client-id': AZURE_CLIENT_ID,
        'tenant-id': AZURE_TENANT_ID,
        'subscription-id': AZURE_SUBSCRIPTION_ID,
      },
      emulator,
    );
  } finally {
    job.dispose();
    await emulator.close();
  }
}
