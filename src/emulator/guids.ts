import { createHash } from 'node:crypto';

/** The same GUID for the same text: an identifier for entities whose seed names none (RFC 9562, version 8). */
export function guidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
