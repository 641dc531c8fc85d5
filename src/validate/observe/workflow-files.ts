import type { WorkflowFile } from '../../io/workflows.ts';
import type { JsonReader } from '../../rest/json.ts';
import { isRecord } from '../../trust/claims.ts';
import { type Known, known, unknown } from '../model.ts';
import { restUrl } from './github.ts';

const FOLDER = '.github/workflows';
const MOST_FILES = 50;

/**
 * The workflow files of a repository's default branch, by the contents API: what is read where there is no checkout.
 * A file that cannot be read makes all of them unknown, since it might hold what a rule looks for.
 */
export async function readWorkflowFiles(
  reader: JsonReader,
  api: URL,
  repository: string,
): Promise<Known<WorkflowFile[]>> {
  const folderPath = `repos/${repository.split('/').map(encodeURIComponent).join('/')}/contents/${FOLDER}`;
  const folder = await reader.get(restUrl(api, folderPath));
  if (folder.status === 404) return known([]);
  if (folder.status !== 200 || !Array.isArray(folder.json))
    return unknown('workflow files (repository permission "Contents: read")');
  const names = folder.json.flatMap((item) =>
    isRecord(item) && typeof item['name'] === 'string' ? [item['name']] : [],
  );
  const wanted = names.filter((name) => /\.ya?ml$/.test(name));
  if (wanted.length > MOST_FILES)
    return unknown(`more than ${MOST_FILES} workflow files: check the repository out`);
  const files = await Promise.all(
    wanted.map(async (name) => {
      const { json } = await reader.get(restUrl(api, `${folderPath}/${encodeURIComponent(name)}`));
      const content = isRecord(json) && json['encoding'] === 'base64' ? json['content'] : null;
      if (typeof content !== 'string') return null;
      return { path: `${FOLDER}/${name}`, text: Buffer.from(content, 'base64').toString('utf8') };
    }),
  );
  const read = files.filter((file) => file !== null);
  return read.length === wanted.length ? known(read) : unknown('the text of every workflow file');
}
