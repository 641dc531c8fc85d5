/** What a browser makes of the entities of a summary. */
export function rendered(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}

/** The script that stands in a summary under that title; empty for none. */
export function scriptUnder(title: string, summary: string): string {
  return new RegExp(`${title}:\n\n(\`{3,})bash\n([\\s\\S]*?)\n\\1`).exec(summary)?.[2] ?? '';
}
