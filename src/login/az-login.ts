import type { Environment } from '../io/effects.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import type { RunAz } from '../io/run-az.ts';
import { Failure } from '../report/failure.ts';
import { deadline } from '../retry/policy.ts';
import { type AzAccount, cloudsFile, configFile } from '../sessions/az/files.ts';
import type { OwnAz } from '../sessions/az/session.ts';
import type { Cloud } from '../trust/clouds.ts';
import type { LoginTools } from './login.ts';

interface Surroundings {
  readonly directory: PrivateDirectory;
  /** The private AZURE_CONFIG_DIR. */
  readonly path: string;
  readonly env: Environment;
  readonly runAz: RunAz;
}

/**
 * Signs az in by itself, where its files are not known: once, with the ID token in a file that its argument names.
 * Source: `az login --federated-token`, and "Use quotation marks and load from a file" of the Azure CLI (`@file`).
 * Fails with az-login-failed.
 */
export async function azLogin(
  { program, own }: { readonly program: string; readonly own: OwnAz },
  account: AzAccount,
  cloud: Cloud,
  assertion: string,
  { directory, path, env, runAz }: Surroundings,
  { patience, fx }: LoginTools,
): Promise<void> {
  const tokenFile = directory.at('az-login-token');
  directory.write(tokenFile, assertion);
  directory.write(`${path}/config`, configFile(own.config, cloud));
  directory.write(`${path}/clouds.config`, cloudsFile(own.clouds, cloud, null));
  const { clientId, tenantId } = account;
  const principal = ['--service-principal', '--username', clientId, '--tenant', tenantId];
  const more = ['--federated-token', `@${tokenFile}`, '--allow-no-subscriptions', '--output', 'none'];
  const environment = { ...env, AZURE_CONFIG_DIR: path, AZURE_CLOUD_NAME: cloud.name };
  const run = async (...args: readonly string[]) => {
    const left = deadline(patience) - fx.clock.now();
    const exit = runAz(program, args, environment, Math.max(1, left));
    const { code, error } = await exit.catch(({ message }: Error) => ({
      code: null,
      error: `ERROR: ${message}`,
    }));
    if (code !== 0) throw failed(args, code, error);
  };
  try {
    await run('login', ...principal, ...more);
  } finally {
    directory.remove(tokenFile);
  }
  if (account.subscriptionId) await run('account', 'set', '--subscription', account.subscriptionId);
}

// az prints what Entra or its own code said; of that only the first line of an error is known to hold no token.
function failed([command]: readonly string[], code: number | null, error: string): Failure {
  const line = error.split('\n').find((one) => one.startsWith('ERROR')) ?? '';
  return new Failure({
    code: 'az-login-failed',
    sentence: `signed in, but \`az ${command}\` ${code === null ? 'did not come to an end' : `ended with ${code}`}; nothing was exported.`,
    facts: line === '' ? [] : [{ label: 'az says', value: line.slice(0, 300) }],
    remedy: [
      'This az keeps its session in a form that this action does not write itself, so it had to be started. Run the job again, update az, use `keep-alive: true`, or leave `az` out of `sessions`.',
    ],
  });
}
