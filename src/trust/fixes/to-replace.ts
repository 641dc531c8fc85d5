import type { Evidence } from '../explain/evidence.ts';
import { visible } from '../explain/visible.ts';
import type { Fixes } from './target.ts';
import { MASKED } from './target.ts';

/** What of the subject is not known though the texts hold it; null where nothing is left to be replaced. */
export function toReplace({ seen }: Evidence, fixes: Fixes): string | null {
  const parts = seen.subject?.replaceAll('***', MASKED).match(/<[^<>]+>/g) ?? [];
  const left = [...new Set(parts)].filter((part) => Object.values(fixes).some((text) => text.includes(part)));
  if (left.length === 0) return null;
  const names = left.map((part) => `\`${visible(part)}\``).join(' and ');
  return `Replace ${names} before you run a command: the subject is to hold what stands there in the token, and Entra takes it as it is written.`;
}
