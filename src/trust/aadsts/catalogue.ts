import type { AadstsEntry } from './entry.ts';
import { FEDERATION } from './federation.ts';
import { PRINCIPAL } from './principal.ts';
import { REQUEST } from './request.ts';
import { SERVICE } from './service.ts';

/**
 * The AADSTS codes that a workload can meet, each once.
 * Sources: Microsoft's "Microsoft Entra authentication and authorization error codes" and "Troubleshoot workload
 * identity" pages; codes that these lack were read in public issue threads.
 */
export const AADSTS_CATALOGUE: readonly AadstsEntry[] = [...FEDERATION, ...PRINCIPAL, ...REQUEST, ...SERVICE];

/** The first of the given codes that the catalogue knows, or null. */
export function findAadsts(codes: readonly number[]): AadstsEntry | null {
  for (const code of codes) {
    const entry = AADSTS_CATALOGUE.find((known) => known.code === code);
    if (entry) return entry;
  }
  return null;
}

/** Replaces each `{name}` by its value; a name without a value is a mistake in the catalogue and stays visible. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}
