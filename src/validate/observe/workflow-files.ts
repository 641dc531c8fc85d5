import type { WorkflowFile } from '../../io/workflows.ts';
import type { JsonReader } from '../../rest/json.ts';
import { isRecord } from '../../trust/claims.ts';
import { type Known, known, unknown } from '../model.ts';
import { repositoryPath, restUrl } from './github.ts';

const FOLDER = '.github/workflows';
const RIGHT = 'workflow files (repository permission "Contents: read")';
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
  const contents = `${repositoryPath(repository)}/contents`;
  const folderPath = `${contents}/${FOLDER}`;
  const folder = await reader.get(restUrl(api, folderPath));
  if (folder.status === 404) return (await showsContents(reader, api, contents)) ? known([]) : unknown(RIGHT);
  if (folder.status !== 200 || !Array.isArray(folder.json)) return unknown(RIGHT);
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

/**
 * Whether the token sees what the repository holds, so that a folder it does not find is not there. A repository that a
 * token may not read answers 404 as well (GitHub REST: "Authenticating", "404 Not Found"); its root only to one that may.
 */
async function showsContents(reader: JsonReader, api: URL, contents: string): Promise<boolean> {
  const { status, json } = await reader.get(restUrl(api, contents));
  return status === 200 && Array.isArray(json);
}
