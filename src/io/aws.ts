import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { GetWebIdentityTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { noAnswer } from './answer.ts';
import { isOfAws, stsHost } from './aws-hosts.ts';
import { errorCode } from './error-code.ts';

/** What a web identity token is asked with; `seconds` is how long it shall live. */
export interface WebIdentityRequest {
  readonly region: string;
  readonly audience: string;
  readonly seconds: number;
}

/** What came of it. `code` is the name that AWS or its client library gives the error. */
export type WebIdentityAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'no-credentials' }
  /** The environment or a profile of AWS sends the request to a host that is not theirs: it was not sent. */
  | { readonly kind: 'endpoint-refused'; readonly origin: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly status: number;
      readonly text: string;
      readonly requestId: string | null;
    }
  | { readonly kind: 'no-answer'; readonly reason: string };

const LIMITS = { connectionTimeout: 5_000, requestTimeout: 10_000 };

/**
 * Asks the regional endpoint of the AWS Security Token Service for a token that states who this workload is. The
 * credentials are those that every AWS client of this process finds (its default chain); their metadata servers are
 * asked directly, the service through the proxy that the environment names. Never fails.
 */
export async function getWebIdentityToken(
  { region, audience, seconds }: WebIdentityRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<WebIdentityAnswer> {
  const proxy = getProxyUrl(new URL(`https://${stsHost(region)}`));
  const httpsAgent = proxy && new HttpsProxyAgent(proxy);
  const client = new STSClient({
    region,
    requestHandler: { ...LIMITS, ...(httpsAgent ? { httpsAgent } : {}) },
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
  const refused = refuseOtherHosts(client);
  try {
    const command = new GetWebIdentityTokenCommand({
      Audience: [audience],
      // The only one that Entra accepts.
      SigningAlgorithm: 'RS256',
      DurationSeconds: seconds,
    });
    const { WebIdentityToken: token = '' } = await client.send(command, { abortSignal: limit });
    return { kind: 'token', token };
  } catch (error) {
    const origin = refused();
    if (origin !== null) return { kind: 'endpoint-refused', origin };
    if (limit.aborted) return { kind: 'no-answer', reason: noAnswer(timeoutMs).detail };
    return translate(error);
  } finally {
    client.destroy();
  }
}

/**
 * Lets the client, and those that it asks for credentials with its handler, speak to AWS alone. Gives the origin of the
 * first request that was kept back.
 */
function refuseOtherHosts({ config: { requestHandler } }: STSClient): () => string | null {
  let origin: string | null = null;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) => {
    if (isOfAws(request)) return handle(request, options);
    const port = request.port === undefined ? '' : `:${request.port}`;
    origin ??= `${request.protocol}//${request.hostname}${port}`;
    return Promise.reject(new Error('not a host of AWS'));
  };
  return () => origin;
}

interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: unknown;
}

function translate(error: unknown): WebIdentityAnswer {
  if (!(error instanceof Error)) return { kind: 'no-answer', reason: 'connection failed' };
  const { name, message, $metadata: met }: SdkError = error;
  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name)) return { kind: 'no-credentials' };
  const status = met?.httpStatusCode;
  if (status !== undefined)
    return {
      kind: 'refused',
      code: name,
      status,
      text: message.slice(0, 1000),
      requestId: met?.requestId ?? null,
    };
  return { kind: 'no-answer', reason: errorCode(error) ?? name };
}
