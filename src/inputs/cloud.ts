import { CLOUDS, type Cloud, cloudOfEndpoint } from '../trust/clouds.ts';
import { invalid, shape } from './invalid.ts';

/**
 * Reads the input `cloud`: a known cloud by its name or by its Resource Manager, or the endpoint of a custom one, whose
 * hosts have yet to be asked for.
 */
export function chosenCloud(value: string): Cloud | URL {
  const named = Object.values(CLOUDS).find(({ name }) => name.toLowerCase() === value.toLowerCase());
  if (named) return named;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !isEndpoint(url))
    throw invalid(
      'cloud',
      `has an unknown value (${shape(value)})`,
      `Known: ${Object.keys(CLOUDS).join(', ')}, or the Resource Manager endpoint of a custom cloud as https://HOST.`,
    );
  return cloudOfEndpoint(url.host) ?? url;
}

function isEndpoint({ protocol, username, password, pathname, search, hash }: URL): boolean {
  return protocol === 'https:' && `${username}${password}${search}${hash}` === '' && pathname === '/';
}
