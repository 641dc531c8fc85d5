/**
 * The lines of a text to copy. They stay as they are, but for the invisible characters that would make one command look
 * like another.
 */
export function commandLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map(visible);
}

function visible(line: string): string {
  return line.replace(
    /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}
