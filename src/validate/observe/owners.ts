import type { JsonReader } from '../../rest/json.ts';
import { claimText } from '../../trust/claims.ts';
import type { OwnerFacts } from '../../trust/lint/facts.ts';
import { recordIn, restUrl } from './github.ts';

const MOST = 20;

/** Whether owners, people or organisations, still exist. GitHub REST: "Get a user", which organisations answer too. */
export function readOwners(reader: JsonReader, api: URL, names: readonly string[]): Promise<OwnerFacts[]> {
  return Promise.all(
    names.slice(0, MOST).map(async (name) => {
      const answer = await reader.get(restUrl(api, `users/${encodeURIComponent(name)}`));
      const id = claimText(recordIn(answer) ?? {}, 'id');
      if (id !== null) return { name, id, exists: true };
      return { name, id: null, exists: answer.status === 404 && isPublic(name, api) ? false : null };
    }),
  );
}

// A server may hide its accounts. On github.com only those that an enterprise manages are hidden from others: their
// names alone have an underscore (GitHub: "Abilities and restrictions of managed user accounts").
function isPublic(name: string, api: URL): boolean {
  return api.host === 'api.github.com' && !name.includes('_');
}
