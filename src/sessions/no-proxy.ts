import type { Environment } from '../io/effects.ts';

const LOOPBACK = '127.0.0.1';
const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * NO_PROXY in both spellings with 127.0.0.1, where a proxy is set: SDKs were seen to send the identity header to it.
 * Clients differ in which spelling they read, and in which comes first.
 */
export function loopbackRoundProxy(env: Environment): Record<string, string> {
  if (!PROXIES.some((name) => env[name])) return {};
  const merged = (own: string | undefined, other: string | undefined) => {
    const hosts = (own || other || '')
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== '');
    return hosts.includes(LOOPBACK) || hosts.includes('*') ? hosts.join(',') : [...hosts, LOOPBACK].join(',');
  };
  const { NO_PROXY: upper, no_proxy: lower } = env;
  return { NO_PROXY: merged(upper, lower), no_proxy: merged(lower, upper) };
}
