/** The Markdown of a job summary as lines for a terminal: headings, tables, paragraphs, code. */
export function renderMarkdown(markdown: string, bold: (text: string) => string): string[] {
  const lines = markdown.trimEnd().split('\n');
  const rendered: string[] = [];
  while (lines.length > 0) rendered.push(...nextBlock(lines, bold));
  return rendered;
}

function nextBlock(lines: string[], bold: (text: string) => string): string[] {
  const line = lines.shift() ?? '';
  const fence = /^(`{3,})[a-z]*$/.exec(line)?.[1];
  if (fence) {
    const end = lines.indexOf(fence);
    const code = lines.splice(0, end < 0 ? lines.length : end);
    lines.shift();
    return code.map((text) => `    ${text}`);
  }
  if (line.startsWith('|')) {
    const rows = [line];
    while (lines[0]?.startsWith('|')) rows.push(lines.shift() ?? '');
    return table(rows);
  }
  return line.startsWith('#') ? [bold(inline(line.replace(/^#+ /, '')))] : [inline(line)];
}

function table(rows: readonly string[]): string[] {
  const cells = rows
    .filter((row) => !/^[|\s-]+$/.test(row))
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => inline(cell.trim())),
    );
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function inline(text: string): string {
  return text
    .replace(/<\/?[a-z]+>/g, '')
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}
