import type { Evidence, Rule } from '../evidence.ts';

const FAULT =
  /\bE(CONN(RESET|REFUSED|ABORTED)|TIMEDOUT|AI_AGAIN|NOTFOUND|HOSTUNREACH|NETUNREACH|PIPE)\b|UND_ERR_|socket hang ?up|Starting new HTTPS connection|Max retries exceeded|NewConnectionError|Connect(ion)? ?Timeout|Connection (aborted|reset|refused|broken|timed out|was closed)|RemoteDisconnected|connection reset|i\/o timeout|TLS handshake|(context )?deadline exceeded|no such host|name resolution|Name or service not known|could not resolve|SSL.{0,20}(error|EOF)|getaddrinfo|network is unreachable|No route to host|Remote name could not be resolved|(request|operation|task|gateway|endpoint|login|curl[^\n]{0,40}) (has )?timed? ?out|timed out|HttpRequestException|\b50[0234] ?(\b|:|Bad|Service|Gateway|Internal)|Bad Gateway|Service (is )?(temporarily )?Unavailable|Gateway Time-?out|\b429\b|Too ?Many ?Requests|throttl|fetch failed|unexpected EOF|: EOF\b|upstream connect error|server misbehaving|temporarily (unavailable|unable)|entra-unavailable|id-token-unavailable|An error occurred while sending the request|Empty reply from server|SocketException|A connection attempt failed|could not connect to|unable to connect|Failed to connect|hangs?\b|never (completes|finishes|returns)|stuck/i;
// az and the toolkit say no more than this when an answer is empty or no answer came.
const EMPTY_ANSWER =
  /Cannot read propert(y|ies) ('message' )?of undefined|Error message: undefined|JSON is invalid|Expecting value: line 1 column 1|Unexpected end of JSON input|Unexpected token .{0,20} in JSON|invalid character '<'|is not valid JSON/i;
const UNTRUSTED =
  /tls-untrusted|CERTIFICATE_VERIFY_FAILED|self.signed certificate|unable to (get|verify).{0,30}(issuer|leaf|first)? ?certificate|x509: certificate signed by unknown|UNABLE_TO_(GET|VERIFY)|DEPTH_ZERO_SELF_SIGNED/i;

// What a firewall, a wrong name server or a proxy that is not named looks like: these may last.
const LASTING =
  /\bE(NOTFOUND|CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN)\b|no such host|name resolution|Name or service not known|Could not resolve|getaddrinfo|NewConnectionError|Connect(ion)? ?(Timeout|refused|timed out)|network is unreachable|No route to host|Remote name could not be resolved|i\/o timeout|Failed to connect|(could not|unable to) connect/i;
const LOOK =
  'If it lasts, look at firewall, DNS and proxy of the runner: it must reach, at port 443, `login.microsoftonline.com` (or that of the cloud), `management.azure.com` for az, and `*.actions.githubusercontent.com` (see docs/runners.md#proxies).';
const CA =
  'Something between the runner and the service answers with a certificate that is not trusted: a proxy that opens TLS, or a server with a CA of its own. Name its CA, as the path of a PEM file, in `NODE_EXTRA_CA_CERTS`, and in `REQUESTS_CA_BUNDLE` for az and Python (see docs/runners.md#proxies).';

/** Whether the error is that a certificate is not trusted, which no repetition mends. */
export function isUntrusted({ text }: Evidence['error']): boolean {
  return UNTRUSTED.test(text);
}

/** Why a request failed on its way, as far as the error tells. */
export function wayFailed(error: Evidence['error']): readonly string[] {
  if (isUntrusted(error)) return [CA];
  const lasting = LASTING.test(error.text) ? [LOOK] : [];
  return ['A request got no answer, or none that could be used.', ...lasting];
}

/** A rule about the way to GitHub, Entra and Azure: what does not answer, or answers with nothing. */
export const network: Rule = ({ error, stage, context }) => {
  const cause = 'network-transient';
  if (stage === 'trust' || stage === 'entra') return [];
  if (isUntrusted(error))
    return [
      { cause, confidence: 'likely', why: wayFailed(error) },
      { cause: 'other', confidence: 'possible', why: [] },
    ];
  if (FAULT.test(error.text) || EMPTY_ANSWER.test(error.text))
    return [{ cause, confidence: 'likely', why: wayFailed(error) }];
  const passes = context.intermittent === true || Boolean(context.attempts_failed_then_succeeded);
  return passes
    ? [{ cause, confidence: stage === 'none' ? 'possible' : 'likely', why: ['It comes and goes.'] }]
    : [];
};

/** A rule about signatures and keys, where no code says it. */
export const signature: Rule = ({ error, stage }) => {
  if (stage !== 'unnamed') return [];
  const found =
    /signature (verification|validation|is invalid)|invalid signature|failed signature|jwks|signing key|\bkid\b/i.test(
      error.text,
    );
  return found ? [{ cause: 'signature-or-jwks', confidence: 'likely', why: [] }] : [];
};
