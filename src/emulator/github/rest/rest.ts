import { json } from '../../responses.ts';
import type { State } from '../../state.ts';
import { tokenOf } from './access.ts';
import { type Answer, type Call, readBody } from './call.ts';
import {
  getOrganizationTemplate,
  getRepositoryTemplate,
  putOrganizationTemplate,
  putRepositoryTemplate,
} from './customization.ts';
import { ApiError, apiErrorResponse, apiHeaders, notFound } from './errors.ts';
import {
  getContents,
  getEnvironment,
  getOrganization,
  getRepository,
  getRepositoryById,
  getUser,
  getUserById,
  listEnvironments,
} from './repositories.ts';

interface Route {
  path: RegExp;
  methods: Readonly<Record<string, (call: Call) => Answer>>;
}

const REPOSITORY = '/repos/([^/]+)/([^/]+)';
const CUSTOMIZATION = '/actions/oidc/customization/sub';
const GHES_PREFIX = '/api/v3';

function route(path: string, methods: Route['methods']): Route {
  return { path: new RegExp(`^${path}$`), methods };
}

const ROUTES: readonly Route[] = [
  route(`/orgs/([^/]+)${CUSTOMIZATION}`, { GET: getOrganizationTemplate, PUT: putOrganizationTemplate }),
  route(`${REPOSITORY}${CUSTOMIZATION}`, { GET: getRepositoryTemplate, PUT: putRepositoryTemplate }),
  route(REPOSITORY, { GET: getRepository }),
  route('/repositories/(\\d+)', { GET: getRepositoryById }),
  route('/users/([^/]+)', { GET: getUser }),
  route('/user/(\\d+)', { GET: getUserById }),
  route('/orgs/([^/]+)', { GET: getOrganization }),
  route(`${REPOSITORY}/environments`, { GET: listEnvironments }),
  route(`${REPOSITORY}/environments/([^/]+)`, { GET: getEnvironment }),
  route(`${REPOSITORY}/contents(?:/(.*))?`, { GET: getContents }),
];

/** Host and path prefix of the REST API of the run's deployment. GitHub: "About the REST API", and of GHES. */
export function restApiOf({ run }: State): { host: string; prefix: string } {
  const { host } = new URL(run.serverUrl);
  if (host === 'github.com') return { host: 'api.github.com', prefix: '' };
  if (host.endsWith('.ghe.com')) return { host: `api.${host}`, prefix: '' };
  return { host, prefix: GHES_PREFIX };
}

function decode(name = ''): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw notFound();
  }
}

async function answer(request: Request, state: State): Promise<Answer> {
  const url = new URL(request.url);
  const { host, prefix } = restApiOf(state);
  // GitHub answers 403 to a request without a User-Agent.
  if (!request.headers.get('user-agent'))
    throw new ApiError(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
    );
  const token = tokenOf(request, state);
  const path = url.pathname.slice(prefix.length);
  const found = ROUTES.find((candidate) => candidate.path.test(path));
  const handler = found?.methods[request.method];
  if (!found || !handler) throw notFound();
  const names = found.path.exec(path)?.slice(1) ?? [];
  return handler({
    url,
    base: `https://${host}${prefix}`,
    names: names.map(decode),
    body: readBody(await request.text()),
    token,
    state,
  });
}

/**
 * GitHub's REST API as far as validation reads it. Unknown paths answer 404, as what a token may not see does.
 * Source: GitHub, "REST API".
 */
export async function handleGitHubApi(request: Request, state: State): Promise<Response> {
  try {
    const { status, body, headers = {} } = await answer(request, state);
    return json(status, body, { ...apiHeaders(), ...headers });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return apiErrorResponse(error);
  }
}
