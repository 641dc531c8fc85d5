/** What a part of a file holds; or the first thing in it that cannot be meant. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** Reads the entries of a list one by one, up to the first that cannot be meant. */
export function readList<T>(
  list: readonly unknown[],
  read: (json: unknown, index: number) => Read<T>,
): Read<T[]> {
  const values: T[] = [];
  for (const [index, json] of list.entries()) {
    const one = read(json, index);
    if (!one.ok) return one;
    values.push(one.value);
  }
  return { ok: true, value: values };
}

/** The first of these fields that holds a text; null where none does. */
export function textOf(json: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const found = names.map((name) => json[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : null;
}

/** A field that is true or false; null where it is neither. */
export function flagOf(json: Readonly<Record<string, unknown>>, name: string): boolean | null {
  const value = json[name];
  return typeof value === 'boolean' ? value : null;
}
