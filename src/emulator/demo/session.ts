import type { Emulator } from '../api.ts';
import type { Job } from '../runner/job.ts';
import { runProcess } from '../runner/process.ts';
import type { Stage } from './stage.ts';

/** A program that later steps run, as whoever it finds itself signed in as; what gives the arguments for a question. */
export interface Tool {
  readonly name: string;
  readonly program: string;
  readonly listGroups: (subscription: string) => readonly string[];
  readonly tokenFor: (resource: string) => readonly string[];
}

const TEN_MINUTES_S = 600;
const NEW_AUDIENCE = 'https://vault.azure.net';

/** A client works with the session that the step left, and still does when the ID token has long been dead. */
export async function sessionOutlivesItsIdToken(
  job: Job,
  inputs: Readonly<Record<string, string>>,
  emulator: Emulator,
  tool: Tool,
  stage: Stage,
): Promise<boolean> {
  stage.chapter('4. A job that goes on after its ID token has died', [
    '- uses: entra-federate/entra-federate@v1',
    '  with:',
    '    client-id: ${{ vars.AZURE_CLIENT_ID }}',
    '    tenant-id: ${{ vars.AZURE_TENANT_ID }}',
    '    keep-alive: true',
  ]);
  const step = await job.run('main', { inputs: { ...inputs, 'keep-alive': 'true' } });
  stage.step(step);
  const run = async (heading: string, args: readonly string[]) => {
    const started = performance.now();
    const { code, stdout } = await runProcess(tool.program, args, {
      ...job.environment(),
      AZURE_CORE_COLLECT_TELEMETRY: '0',
      PYTHONDONTWRITEBYTECODE: '1',
    });
    stage.values(`${heading} (${tool.name})`, {
      answer: code === 0 ? stdout.trim().split(/\r?\n/).join(', ') : `failed with ${code}`,
      took: `${((performance.now() - started) / 1000).toFixed(1)} s`,
    });
    return code === 0;
  };
  const listGroups = tool.listGroups(inputs['subscription-id'] ?? '');
  const before = await run('At once: resource groups', listGroups);
  for (const side of ['github', 'entra'] as const) emulator.state.clockOffsetSeconds[side] += TEN_MINUTES_S;
  const later = await run(
    'Ten minutes later, the ID token having lived for five: resource groups',
    listGroups,
  );
  const other = await run(
    'And a token for an audience that nobody has asked for',
    tool.tokenFor(NEW_AUDIENCE),
  );
  const post = await job.post(step);
  stage.step(post);
  return step.code === 0 && before && later && other && post.code === 0;
}
