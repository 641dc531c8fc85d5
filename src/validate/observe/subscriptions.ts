import type { JsonReader } from '../../rest/json.ts';
import { claimText, isRecord } from '../../trust/claims.ts';
import { type Known, known, unknown } from '../model.ts';

/** The ids of the subscriptions that the reading identity sees. Azure Resource Manager: "Subscriptions - List". */
export async function readSubscriptions(
  reader: JsonReader,
  endpoint: string,
): Promise<Known<readonly string[]>> {
  const { status, items } = await reader.list(new URL(`${endpoint}/subscriptions?api-version=2022-12-01`));
  if (status !== 200)
    return unknown(
      status === 0
        ? 'Resource Manager did not answer'
        : `Resource Manager answered ${status} for the subscriptions`,
    );
  return known(items.flatMap((item) => (isRecord(item) ? (claimText(item, 'subscriptionId') ?? []) : [])));
}
