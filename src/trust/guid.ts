const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID in its usual form, in any case (RFC 9562, section 4). */
export function isGuid(value: string): boolean {
  return GUID.test(value);
}
