import type { Environment } from './effects.ts';

/** The proxy that https goes through, as the environment names it. */
export type ProxySetting =
  | { readonly kind: 'none' }
  /** `host` is fit to be shown: without user and password. `variable` must hold `value` for the http client. */
  | { readonly kind: 'proxy'; readonly variable: string; readonly value: string; readonly host: string }
  | { readonly kind: 'unusable'; readonly variable: string; readonly reason: string };

/**
 * Reads HTTPS_PROXY (or https_proxy, which comes first). A value without a scheme means http, as for curl; the http
 * client takes `host:port` for a scheme and would go round the proxy.
 */
export function readProxy(env: Environment): ProxySetting {
  const variable = env['https_proxy'] ? 'https_proxy' : 'HTTPS_PROXY';
  const given = env[variable]?.trim();
  if (!given) return { kind: 'none' };
  const value = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.hostname === '') return { kind: 'unusable', variable, reason: 'it is not a URL' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      kind: 'unusable',
      variable,
      reason: `${url.protocol}// is not spoken, only http:// and https://`,
    };
  return { kind: 'proxy', variable, value, host: url.host };
}
