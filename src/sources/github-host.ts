const GITHUB = 'https://github.com';

/**
 * Whether a host may be asked for this run's ID token: it gets the request token, so a planted URL must not do.
 * github.com: `*.actions.githubusercontent.com`; GHE.com and GitHub Enterprise Server: the server itself and the
 * hosts below it. `serverUrl` is the runner's GITHUB_SERVER_URL, which steps cannot change.
 */
export function mayIssueIdTokens(url: URL, serverUrl: string | undefined): boolean {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const server = URL.canParse(serverUrl || GITHUB) ? new URL(serverUrl || GITHUB) : null;
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
  const server = URL.canParse(serverUrl || GITHUB) ? new URL(serverUrl || GITHUB).host : '';
  return server === 'github.com' ? '*.actions.githubusercontent.com' : `${server} or *.${server}`;
}
