const SKIP_TOKEN = '$skiptoken';

/** A part of a list, with the address of the next one where there is more. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

interface Position {
  page: number;
  size: number;
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify([position.page, position.size])).toString('base64url');
}

function decode(token: string): Position | null {
  const text = Buffer.from(token, 'base64url').toString();
  const [, page, size] = /^\[(\d{1,9}),(\d{1,9})\]$/.exec(text) ?? [];
  return page && size ? { page: Number(page), size: Number(size) } : null;
}

function skipToken(url: URL): string | null {
  // OData names its options without regard to case.
  const found = [...url.searchParams].find(([name]) => name.toLowerCase() === SKIP_TOKEN);
  return found?.[1] ?? null;
}

/** The page of a list that a request asks for, counted from 1; 1 as well for what asks for no page at all. */
export function pageOf(address: string): number {
  const url = new URL(address);
  const token = skipToken(url);
  if (token !== null) return decode(token)?.page ?? 1;
  return Number(url.searchParams.get('page') ?? 1) || 1;
}

/**
 * The part of a list that the request's `$skiptoken` stands for, `size` items unless the token says another size.
 * Null for a token that was not given out here. Source: OData 4.01, "server-driven paging".
 */
export function paginate<T>(all: readonly T[], url: URL, size: number): Page<T> | null {
  const token = skipToken(url);
  const position = token === null ? { page: 1, size } : decode(token);
  if (position === null || position.page < 1 || position.size < 1) return null;
  const end = position.page * position.size;
  const items = all.slice(end - position.size, end);
  if (end >= all.length) return { items, next: null };
  const next = new URL(url);
  for (const name of [...next.searchParams.keys()])
    if (name.toLowerCase() === SKIP_TOKEN) next.searchParams.delete(name);
  next.searchParams.set(SKIP_TOKEN, encode({ page: position.page + 1, size: position.size }));
  return { items, next: next.href };
}
