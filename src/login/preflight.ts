import type { Environment } from '../io/effects.ts';
import type { ProxySetting } from '../io/proxy.ts';
import { Failure } from '../report/failure.ts';

/**
 * Refuses a place where a sign-in cannot be done safely, before any input is read.
 * `missingFiles` are the variables of the runner whose file or directory does not exist.
 */
export function preflight(env: Environment, missingFiles: readonly string[], proxy: ProxySetting): void {
  if (env['GITHUB_ACTIONS'] !== 'true')
    throw new Failure({
      code: 'not-in-actions',
      sentence: 'this is not a GitHub Actions job, and only there does GitHub issue ID tokens.',
      remedy: ['Run it as a step of a workflow. GITHUB_ACTIONS is not `true` in this environment.'],
    });
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    throw new Failure({
      code: 'tls-verification-off',
      sentence:
        'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the verification of certificates, so nothing was sent.',
      remedy: [
        'Remove it from the job or the runner. For a proxy that opens TLS, name its CA in NODE_EXTRA_CA_CERTS instead.',
      ],
    });
  if (proxy.kind === 'unusable')
    throw new Failure({
      code: 'proxy-unusable',
      sentence: `the proxy in ${proxy.variable} cannot be used: ${proxy.reason}; nothing was sent.`,
      remedy: [
        'Write it as http://HOST:PORT, with USER:PASSWORD@ before the host where it asks for a login; characters such as @ : / # % in these as %40 %3A %2F %23 %25.',
      ],
    });
  // Without them the toolkit would print outputs, and with them tokens, to the log.
  if (missingFiles.length > 0)
    throw new Failure({
      code: 'runner-incomplete',
      sentence: `the runner gave this step no usable ${missingFiles.join(', ')}.`,
      remedy: [
        'Every current runner sets them for each step: update the runner, or find out which step unset them.',
      ],
    });
}
