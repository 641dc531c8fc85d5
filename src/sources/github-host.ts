const GITHUB = 'https://github.com';

/** The server of a job, github.com where none is named; null where what is named is no URL. */
function serverOf(serverUrl: string | undefined): URL | null {
  const text = serverUrl || GITHUB;
  return URL.canParse(text) ? new URL(text) : null;
}

/**
 * Whether a host may be asked for this run's ID token: it gets the request token, so a planted URL must not do.
 * github.com: `*.actions.githubusercontent.com`; GHE.com and GitHub Enterprise Server: the server itself and the
 * hosts below it. `serverUrl` is the runner's GITHUB_SERVER_URL, which steps cannot change.
 */
export function mayIssueIdTokens(url: URL, serverUrl: string | undefined): boolean {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const server = serverOf(serverUrl);
  if (server === null) return false;
  if (server.host === 'github.com') {
    return url.port === '' && url.hostname.endsWith('.actions.githubusercontent.com');
  }
  return (
    url.port === server.port &&
    (url.hostname === server.hostname || url.hostname.endsWith(`.${server.hostname}`))
  );
}

/** The hosts that may issue this run's ID tokens, in words. */
export function expectedIssuers(serverUrl: string | undefined): string {
  const server = serverOf(serverUrl)?.host ?? '';
  return server === 'github.com' ? '*.actions.githubusercontent.com' : `${server} or *.${server}`;
}

/**
 * Where the REST API of a job's GitHub is; null where `apiUrl` (GITHUB_API_URL) is another server's, which must not see
 * the token. GitHub: `https://api.github.com`, `https://api.SUB.ghe.com`, `https://HOST/api/v3` of Enterprise Server.
 */
export function restApi(serverUrl: string | undefined, apiUrl: string | undefined): URL | null {
  const server = serverOf(serverUrl);
  if (server?.protocol !== 'https:') return null;
  const own = server.host === 'github.com' || server.host.endsWith('.ghe.com');
  const api = new URL(own ? `https://api.${server.host}` : `${server.origin}/api/v3`);
  if (!apiUrl) return api;
  return URL.canParse(apiUrl) && new URL(apiUrl).origin === api.origin ? api : null;
}
