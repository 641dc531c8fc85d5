import { removeOwnDirectory } from '../io/private-directory.ts';
import { createRunner } from '../io/runner.ts';
import { DIRECTORY_STATE, ENDPOINT_STATE } from '../login/state.ts';
import { exitAfterOutput } from './exit.ts';

const runner = createRunner({ ...process.env });

/** Removes what the main step of this very use of the action made, and never fails the job. */
async function post(): Promise<number> {
  const endpoint = runner.state(ENDPOINT_STATE);
  const directory = runner.state(DIRECTORY_STATE);
  if (endpoint !== '') {
    const { stopEndpoint } = await import('./stop-endpoint.ts');
    await stopEndpoint(endpoint, runner).catch(() =>
      runner.warning('The endpoint of keep-alive could not be stopped; the runner ends it with the job.'),
    );
  }
  try {
    if (directory !== '' && removeOwnDirectory(directory)) runner.info('Removed the files of this sign-in.');
  } catch {
    runner.warning(
      'The files of this sign-in could not be removed; they lie under RUNNER_TEMP, which the runner empties.',
    );
  }
  return 0;
}

exitAfterOutput(post());
