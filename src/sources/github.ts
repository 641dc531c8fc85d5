import type { Effects, Environment, HttpAnswer, HttpRequest } from '../io/effects.ts';
import { jsonIn } from '../io/json.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { isTransientStatus, type Patience, retryAfter } from '../retry/policy.ts';
import { type Addressee, sendOnce } from '../retry/send.ts';
import { type Claims, claimText, decodeClaims, isRecord } from '../trust/claims.ts';
import { explainAbsence } from './github-absent.ts';
import { expectedIssuers, mayIssueIdTokens } from './github-host.ts';
import type { Assertion, AssertionSource } from './source.ts';

/** What this job was given to ask GitHub for ID tokens with. */
export interface IdTokenEndpoint {
  readonly url: URL;
  readonly requestToken: string;
}

/** What can stand in a header as a bearer token; anything else a client may take for the end of the line, or refuse. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * Reads and checks the two variables by which GitHub hands out ID tokens. `readEvent` gives the event payload, and is
 * called only where it helps to explain their absence.
 * Fails with not-in-actions, fork-pull-request, dependabot-run, id-token-permission, id-token-url-refused or
 * id-token-request-unusable.
 */
export function idTokenEndpoint(env: Environment, readEvent: () => unknown): IdTokenEndpoint {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: text, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = env;
  if (!text || !requestToken) throw explainAbsence(env, readEvent());
  const serverUrl = env['GITHUB_SERVER_URL'];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !mayIssueIdTokens(url, serverUrl)) throw urlRefused(url, serverUrl);
  if (!SENDABLE.test(requestToken)) throw requestTokenUnusable();
  return { url, requestToken };
}

function urlRefused(url: URL | null, serverUrl: string | undefined): Failure {
  return new Failure({
    code: 'id-token-url-refused',
    sentence:
      "the URL to ask for ID tokens does not point to this job's GitHub, so the request token was not sent.",
    facts: [
      { label: 'presented', value: url ? `${url.protocol}//${url.host}` : 'not a URL' },
      { label: 'expected', value: `https://${expectedIssuers(serverUrl)}` },
    ],
    remedy: [
      'ACTIONS_ID_TOKEN_REQUEST_URL was changed after the runner set it, by an earlier step or by the machine. Find out by which.',
    ],
  });
}

function requestTokenUnusable(): Failure {
  return new Failure({
    code: 'id-token-request-unusable',
    sentence:
      'the token to ask GitHub for ID tokens with holds a line end or another character that no token has, so nothing was sent.',
    remedy: [
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN was changed after the runner set it: whatever writes it anew, as an `env` block or a container does, must not add a line end to it.',
    ],
  });
}

const FROM = "GitHub's ID token endpoint";
const GITHUB: Addressee = { unavailable: 'id-token-unavailable', name: FROM };

/** GitHub's OpenID Connect provider as source of assertions: each call mints a new ID token. */
export function githubSource(
  endpoint: IdTokenEndpoint,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): AssertionSource {
  fx.mask(endpoint.requestToken);
  return {
    assertion: (audience) => {
      const request = buildRequest(endpoint, audience);
      return persist(
        (end) =>
          sendOnce(request, GITHUB, end, { fx, signal }, (answer) => interpret(answer, request.url.host, fx)),
        patience,
        fx,
        signal,
      );
    },
  };
}

function buildRequest({ url, requestToken }: IdTokenEndpoint, audience: string): HttpRequest {
  const target = new URL(url);
  target.searchParams.set('audience', audience);
  return {
    method: 'GET',
    url: target,
    headers: { authorization: `Bearer ${requestToken}`, accept: 'application/json; api-version=2.0' },
  };
}

function interpret(answer: HttpAnswer, host: string, fx: Effects): Attempt<Assertion> {
  const facts = [
    { label: 'host', value: host },
    { label: 'status', value: String(answer.status) },
  ];
  if (answer.status < 200 || answer.status > 299) return refusal(answer, facts, fx.clock.wall());
  const token = tokenIn(answer.body);
  if (token === null) {
    return { ok: false, retry: 'transient', failure: unusable(answer.body, facts) };
  }
  fx.mask(token);
  const claims = decodeClaims(token);
  if (claims === null) return { ok: false, retry: 'never', failure: malformed(facts) };
  return { ok: true, value: { token, claims, from: FROM, staleAt: staleAt(claims, fx.clock.now()) } };
}

function refusal(answer: HttpAnswer, facts: readonly Fact[], now: number): Attempt<Assertion> {
  const retry = isTransientStatus(answer.status) ? 'transient' : 'never';
  const retryAfterMs = retryAfter(answer, now);
  const asked =
    retryAfterMs === undefined ? [] : [{ label: 'retry after', value: `${retryAfterMs / 1000} s` }];
  const failure = new Failure(
    retry === 'transient'
      ? {
          code: 'id-token-unavailable',
          sentence: `GitHub did not issue an ID token: its endpoint answered ${answer.status} to the last.`,
          facts: [...facts, ...asked],
          remedy: [
            'This passes by itself: run the job again, or raise `timeout`. See https://www.githubstatus.com.',
          ],
        }
      : {
          code: 'id-token-refused',
          sentence: `GitHub refused to issue an ID token: its endpoint answered ${answer.status}.`,
          facts,
          remedy: [refusalRemedy(answer.status)],
        },
  );
  return { ok: false, retry, failure, retryAfterMs };
}

function refusalRemedy(status: number): string {
  if (status >= 300 && status < 400)
    return 'Redirects are not followed: something between the runner and GitHub, such as a proxy with a login page, answers in its place.';
  if (status === 407) return 'The proxy asks for a login: put user and password into HTTPS_PROXY.';
  if (status === 401 || status === 403)
    return 'The permission is there, but the request token is not accepted: it ends with the job (about six hours). Nothing in Entra matters here.';
  return "Nothing in Entra matters here: the refusal is GitHub's, or that of a proxy before it.";
}

function unusable(body: string, facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'id-token-unavailable',
    sentence: `GitHub answered without an ID token: ${body === '' ? 'the body is empty' : 'the body holds none'}.`,
    facts: [...facts, { label: 'body', value: `${body.length} characters` }],
    remedy: ['Run the job again; a proxy that answers in the place of GitHub is the other possibility.'],
  });
}

function malformed(facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'id-token-malformed',
    sentence: 'what GitHub issued as ID token is not a JSON Web Token.',
    facts,
    remedy: ['Something between the runner and GitHub answers in its place.'],
  });
}

function tokenIn(body: string): string | null {
  const json = jsonIn(body);
  const value = isRecord(json) ? json['value'] : null;
  return typeof value === 'string' && value !== '' ? value : null;
}

const LIFETIME_S = 300;
const MARGIN_S = 60;

// Counted from its arrival by this machine's clock: the lifetime is known, while the clocks may differ.
function staleAt(claims: Claims, now: number): number {
  const seconds =
    Number(claimText(claims, 'exp') ?? Number.NaN) - Number(claimText(claims, 'iat') ?? Number.NaN);
  return now + ((seconds > 0 ? seconds : LIFETIME_S) - MARGIN_S) * 1000;
}
