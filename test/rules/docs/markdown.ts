/** A fenced block of a Markdown document. */
export interface Block {
  readonly language: string;
  /** Line of its first line, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** The fenced blocks that begin at the left margin, in their order. Source: CommonMark, "Fenced code blocks". */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  let open: { language: string; line: number } | null = null;
  for (const [index, line] of lines.entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (!fence) continue;
    if (open) {
      blocks.push({ ...open, text: `${lines.slice(open.line - 1, index).join('\n')}\n` });
      open = null;
    } else open = { language: fence[1] ?? '', line: index + 2 };
  }
  if (open) throw new Error(`the block at line ${open.line} does not end`);
  return blocks;
}

/** What links of a document point to, other than to the web: `path` or `path#anchor`. */
export function localLinks(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchors that GitHub gives the headings of a document. */
export function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
