/** What Node or the system calls an error (ENOENT, ECONNRESET, …), which is fit to be shown; null where it has no such name. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : null;
}
