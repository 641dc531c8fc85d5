import { checkBypass } from '@actions/http-client/lib/proxy';
import type { Environment } from './effects.ts';

/** The proxy that https goes through, as the environment names it. */
export type ProxySetting =
  | { readonly kind: 'none' }
  /** `host` is fit to be shown: without user and password. `variable` must hold `value` for the http client. */
  | { readonly kind: 'proxy'; readonly variable: string; readonly value: string; readonly host: string }
  | { readonly kind: 'unusable'; readonly variable: string; readonly reason: string };

/**
 * Reads HTTPS_PROXY (or https_proxy, which comes first). A value without a scheme means http, as for curl; the http
 * client takes `host:port` for a scheme and would go round the proxy; so it would where user or password cannot be decoded.
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
  if (!isEncoded(url.username + url.password))
    return {
      kind: 'unusable',
      variable,
      reason: 'its user or password holds a % that begins no escape (write %25)',
    };
  return { kind: 'proxy', variable, value, host: url.host };
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether requests to a host go round the proxy: by NO_PROXY (or no_proxy, which comes first) of this process, as the
 * http client reads it. An entry is a host, which stands for what is below it too, with or without a leading dot and a
 * port; or `*`. Ranges of addresses are not known to it.
 */
export function goesRoundProxy(host: string): boolean {
  return checkBypass(new URL(`https://${host}`));
}
