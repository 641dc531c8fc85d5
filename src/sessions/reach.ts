import type { Environment } from '../io/effects.ts';

/**
 * How far an endpoint on loopback reaches in this job. The runner mounts its workspace at `/__w` in the container of a
 * `container:` job, whose steps share one loopback; docker actions and `docker run` have one of their own everywhere.
 */
export function reachOfEndpoint(env: Environment): string {
  const steps = env['GITHUB_WORKSPACE']?.startsWith('/__w/')
    ? 'the steps in the container of this job'
    : 'the steps of this job';
  return `The endpoint of keep-alive serves ${steps} on their loopback. Docker actions and \`docker run\` have another and do not reach it: hand them a token from the outputs.`;
}
