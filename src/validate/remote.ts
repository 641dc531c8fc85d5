const SCP_LIKE = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)\/?(.+)$/;

/** Whether a git URL, by https or ssh, is that of a repository on a GitHub. */
export function isRemoteOf(url: string, serverUrl: string, repository: string): boolean {
  const remote = partsOf(url);
  if (remote === null) return false;
  const path = remote.path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return (
    remote.host.toLowerCase() === new URL(serverUrl).hostname &&
    path.toLowerCase() === repository.toLowerCase()
  );
}

function partsOf(url: string): { readonly host: string; readonly path: string } | null {
  if (/^(https|ssh|git\+ssh):\/\//i.test(url)) {
    if (!URL.canParse(url)) return null;
    const { hostname, pathname } = new URL(url);
    return { host: hostname, path: pathname };
  }
  const [, host = '', path = ''] = SCP_LIKE.exec(url) ?? [];
  return host === '' ? null : { host, path };
}
