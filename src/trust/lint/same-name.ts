/** Whether two names of owners, repositories or environments are one: GitHub gives them no case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
