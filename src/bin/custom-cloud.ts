import type { Effects } from '../io/effects.ts';
import { readCustomCloud } from '../login/custom-cloud.ts';
import type { Cloud } from '../trust/clouds.ts';

/** The cloud behind a Resource Manager endpoint that is none of Microsoft's own. Loaded only where one is named. */
export function askForCloud(
  endpoint: URL,
  { startedAt, timeoutMs }: { readonly startedAt: number; readonly timeoutMs: number },
  fx: Effects,
): Promise<Cloud> {
  const patience = { startedAt, timeoutMs, waitForTrustMs: 0 };
  return readCustomCloud(endpoint, patience, fx, new AbortController().signal);
}
