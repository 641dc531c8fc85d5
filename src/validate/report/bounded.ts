/** The beginning of a text that is too long, with how much is left out. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).toWellFormed()}… (${text.length - most} more characters)`;
}

/** A text in which one character stands out; `mark` is empty at its end. */
export interface Marked {
  readonly before: string;
  readonly mark: string;
  readonly after: string;
}

/** Divides a text at a UTF-16 index, never within a character; of a long one what surrounds that place is kept. */
export function markedAt(text: string, at: number, most: number): Marked {
  const place = startOfCharacter(text, at);
  const point = text.codePointAt(place);
  const mark = point === undefined ? '' : String.fromCodePoint(point);
  const start = Math.max(0, Math.min(place - Math.floor(most * 0.6), text.length - most));
  const end = Math.max(start + most, place + mark.length);
  return {
    before: `${start > 0 ? '…' : ''}${text.slice(start, place).toWellFormed()}`,
    mark,
    after: `${text.slice(place + mark.length, end).toWellFormed()}${end < text.length ? '…' : ''}`,
  };
}

/** The UTF-16 index at which the character begins that this index is in. */
export function startOfCharacter(text: string, at: number): number {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}

/** As many items as fit into the room, each a line, and how many are left out. */
export function fitting<T>(
  items: readonly T[],
  render: (item: T, index: number) => string,
  room: number,
): { readonly lines: readonly string[]; readonly left: number } {
  const lines: string[] = [];
  let used = 0;
  for (const [index, item] of items.entries()) {
    const line = render(item, index);
    used += Buffer.byteLength(line) + 1;
    if (used > room) break;
    lines.push(line);
  }
  return { lines, left: items.length - lines.length };
}

/** How many items a shortened list leaves out; empty text when none. */
export function andMore(left: number): string {
  return left === 0 ? '' : `… and ${left} more; the JSON report has them all.`;
}
