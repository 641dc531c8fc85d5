import type { Environment } from '../io/effects.ts';

/** Where an endpoint of ours is. */
export const LOOPBACK = '127.0.0.1';
const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
const SPELLINGS = ['NO_PROXY', 'no_proxy'];

/**
 * NO_PROXY with these hosts, where a proxy is set: SDKs were seen to send it the requests for tokens of a managed
 * identity, with the identity header. In the spelling that the job has set, in both where it has set neither: clients
 * differ in which comes first, and another one would keep from them what the job sets later.
 */
export function roundProxy(env: Environment, hosts: readonly string[]): Record<string, string> {
  if (!PROXIES.some((name) => env[name])) return {};
  const merged = (own = '') => {
    const set = own
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== '');
    return (set.includes('*') ? set : [...new Set([...set, ...hosts])]).join(',');
  };
  const set = SPELLINGS.filter((name) => env[name]);
  return Object.fromEntries((set.length > 0 ? set : SPELLINGS).map((name) => [name, merged(env[name])]));
}
