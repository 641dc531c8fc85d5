import type { Environment } from '../io/effects.ts';

/** Where an endpoint of ours is. */
export const LOOPBACK = '127.0.0.1';
const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * NO_PROXY in both spellings with these hosts, where a proxy is set: SDKs were seen to send it the requests for tokens of
 * a managed identity, with the identity header. Clients differ in which spelling they read, and in which comes first.
 */
export function roundProxy(env: Environment, hosts: readonly string[]): Record<string, string> {
  if (!PROXIES.some((name) => env[name])) return {};
  const merged = (own: string | undefined, other: string | undefined) => {
    const set = (own || other || '')
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== '');
    return (set.includes('*') ? set : [...new Set([...set, ...hosts])]).join(',');
  };
  const { NO_PROXY: upper, no_proxy: lower } = env;
  return { NO_PROXY: merged(upper, lower), no_proxy: merged(lower, upper) };
}
