import { readFileSync, statSync } from 'node:fs';
import { jsonIn } from './json.ts';

const LARGEST = 32 * 1024 * 1024;

/** The payload of the event that started a run, by its path (GITHUB_EVENT_PATH); null where it cannot be read. */
export function readEvent(path: string | undefined): unknown {
  try {
    if (!path || statSync(path).size > LARGEST) return null;
    return jsonIn(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
