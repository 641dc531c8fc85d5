/** What JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value in which one fact is other than it was, and how. */
export type Lesser = readonly [how: string, value: Json];

/**
 * Every value that lacks one fact of this one, or says the contrary of a flag: whoever explains or judges must take
 * each fact for what it is worth, and do without it.
 */
export function lesser(value: Json): readonly Lesser[] {
  return parts(value).flatMap(([key, part, replace]) => [
    [`without ${key}`, replace(null)] as const,
    ...(typeof part === 'boolean' ? [[`with ${key} ${!part}`, replace(!part)] as const] : []),
    ...lesser(part).map(([how, less]) => [how.replace(' ', ` ${key}.`), replace(less)] as const),
  ]);
}

// An element leaves its list; the value of a key becomes null, which is to say that it is not known.
function parts(value: Json): readonly (readonly [key: string, part: Json, replace: (other: Json) => Json])[] {
  if (value === null || typeof value !== 'object') return [];
  if (!isList(value))
    return Object.entries(value).flatMap(([key, part]) =>
      part === null ? [] : [[key, part, (other: Json) => ({ ...value, [key]: other })] as const],
    );
  return value.map((part, at) => [
    String(at),
    part,
    (other: Json) => value.toSpliced(at, 1, ...(other === null ? [] : [other])),
  ]);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
