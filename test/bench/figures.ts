/** The middle of all figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** Prints a line of the table. */
export function row(name: string, ...cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}

/** Least, middle and most. */
export function spread(figures: readonly number[]): string[] {
  return [Math.min(...figures), median(figures), Math.max(...figures)].map((figure) => figure.toFixed(1));
}
