import type { JsonAnswer, JsonReader } from '../../rest/json.ts';
import { isRecord } from '../../trust/claims.ts';
import type { EnvironmentFacts } from '../../trust/lint/facts.ts';
import { recordIn, repositoryPath, restUrl } from './github.ts';
import type { NamedEnvironment } from './named.ts';

const MOST = 20;

/** Whether any rule protects each environment. GitHub REST: "Deployment environments". */
export function readEnvironments(
  reader: JsonReader,
  api: URL,
  named: readonly NamedEnvironment[],
): Promise<EnvironmentFacts[]> {
  return Promise.all(
    named.map(async ({ repository, name }, index) => {
      if (index >= MOST) return unread({ repository, name }, `only ${MOST} environments are read`);
      const url = restUrl(api, `${repositoryPath(repository)}/environments/${encodeURIComponent(name)}`);
      return environmentOf(await reader.get(url), { repository, name });
    }),
  );
}

/** An environment that was not read. */
export function unread(named: NamedEnvironment, missing: string): EnvironmentFacts {
  return { ...named, protected: null, missing };
}

function environmentOf(answer: JsonAnswer, named: NamedEnvironment): EnvironmentFacts {
  const json = recordIn(answer);
  const rules = json?.['protection_rules'];
  if (!json || !Array.isArray(rules)) return unread(named, reason(answer));
  return { ...named, protected: rules.length > 0 || isRecord(json['deployment_branch_policy']) };
}

function reason({ status }: JsonAnswer): string {
  switch (status) {
    case 0:
      return 'GitHub did not answer';
    case 401:
      return 'a GitHub token that is valid';
    case 403:
      return 'repository permission "Actions: read"';
    case 404:
      return 'there is none, or the token needs the repository permission "Actions: read"';
    default:
      return `GitHub answered ${status}`;
  }
}
