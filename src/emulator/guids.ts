import { createHash } from 'node:crypto';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text is a GUID in the usual form. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The same GUID for the same text: an identifier for entities whose seed names none (RFC 9562, version 8). */
export function guidFrom(text: string): string {
  return guidOf(createHash('sha256').update(text).digest(), 8);
}

/** A GUID of that version from the beginning of a digest (RFC 9562, section 4). */
export function guidOf(digest: Buffer, version: 5 | 8): string {
  const hex = digest.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `${version}${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
