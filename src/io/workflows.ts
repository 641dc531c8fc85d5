import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A workflow file of a checkout. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

const LARGEST = 1024 * 1024;

/** The workflow files below a checkout; null where there is no checkout, or one of its files cannot be read whole. */
export function readWorkflows(workspace: string | undefined): WorkflowFile[] | null {
  if (!workspace) return null;
  const directory = join(workspace, '.github/workflows');
  try {
    const names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name));
    if (names.some((name) => statSync(join(directory, name)).size > LARGEST)) return null;
    return names.map((name) => ({
      path: `.github/workflows/${name}`,
      text: readFileSync(join(directory, name), 'utf8'),
    }));
  } catch {
    return null;
  }
}
