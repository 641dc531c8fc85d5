/** Where the paths of every endpoint of this action begin. */
export const PATH_PREFIX = '/entra-federate/';

/** Whether a variable of the managed identity protocol names an endpoint that a step of this action has started. */
export function isOwnEndpoint(url: string | undefined): boolean {
  return Boolean(url && URL.canParse(url) && new URL(url).pathname.startsWith(PATH_PREFIX));
}
