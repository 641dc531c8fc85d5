import type { Effects } from '../io/effects.ts';
import { readCustomCloud } from '../login/custom-cloud.ts';
import { patienceUntil } from '../retry/policy.ts';
import type { Cloud } from '../trust/clouds.ts';

/** The cloud behind a Resource Manager endpoint that is none of Microsoft's own. Loaded only where one is named. */
export function askForCloud(
  endpoint: URL,
  { startedAt, timeoutMs }: { readonly startedAt: number; readonly timeoutMs: number },
  fx: Effects,
): Promise<Cloud> {
  const patience = patienceUntil(startedAt + timeoutMs, startedAt);
  return readCustomCloud(endpoint, patience, fx, new AbortController().signal);
}
