import type { Effects, Environment, HttpAnswer, HttpRequest } from '../io/effects.ts';
import { type Fact, Failure } from '../report/failure.ts';
import { type Attempt, persist } from '../retry/persist.ts';
import { deadline, isTransientStatus, type Patience, patienceUntil, retryAfter } from '../retry/policy.ts';
import { sendOnce } from '../retry/send.ts';
import { type Assertion, type AssertionSource, assertionOf } from './source.ts';

const FROM = "Google Cloud's metadata server";
const SERVER = { unavailable: 'google-unreachable', name: FROM } as const;
/** A metadata server answers in milliseconds, and first after its machine has started within seconds. */
const LONGEST_MS = 5_000;

/**
 * Where the metadata server of this machine is: GCE_METADATA_HOST (`host[:port]`), as Google's own clients read it.
 * Fails with google-unreachable where that names a host that is none. `isMetadata` tells which are.
 */
export function metadataServer(env: Environment, isMetadata: (url: URL) => boolean): URL {
  const host = env['GCE_METADATA_HOST'] || 'metadata.google.internal';
  const text = `http://${host}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && isMetadata(url)) return url;
  throw new Failure({
    code: 'google-unreachable',
    sentence: 'GCE_METADATA_HOST names a host that is no metadata server, so nothing was sent.',
    facts: [
      { label: 'presented', value: host },
      { label: 'expected', value: 'metadata.google.internal, or an address that is link-local or loopback' },
    ],
    remedy: ['Unset the variable on the runner, or name the metadata server of this machine.'],
  });
}

/**
 * ID tokens of the service account that a machine or pod on Google Cloud runs as. `fx.send` must be the way to metadata
 * servers. Source: Google Cloud, "Verify the identity of an instance" (Compute Engine).
 * Fails with google-unreachable or google-refused.
 */
export function googleSource(
  server: URL,
  patience: Patience,
  fx: Effects,
  signal: AbortSignal,
): AssertionSource {
  return {
    assertion: (audience) => {
      const request = requestFor(server, audience);
      const now = fx.clock.now();
      const until = Math.min(now + LONGEST_MS, deadline(patience));
      return persist(
        (end) =>
          sendOnce(request, SERVER, end, { fx, signal }, (answer) => interpret(answer, server.host, fx)).then(
            (attempt) => explained(attempt, server.host),
          ),
        patienceUntil(until, now),
        fx,
        signal,
      );
    },
  };
}

function requestFor(server: URL, audience: string): HttpRequest {
  const url = new URL('/computeMetadata/v1/instance/service-accounts/default/identity', server);
  url.searchParams.set('audience', audience);
  url.searchParams.set('format', 'full');
  return { method: 'GET', url, headers: { 'metadata-flavor': 'Google' } };
}

function interpret(answer: HttpAnswer, host: string, fx: Effects): Attempt<Assertion> {
  const facts = [
    { label: 'host', value: host },
    { label: 'status', value: String(answer.status) },
  ];
  // Google's own clients take whoever does not say this for something else.
  if (answer.headers['metadata-flavor'] !== 'Google')
    return { ok: false, retry: 'never', failure: notGoogle(facts) };
  if (answer.status !== 200) {
    const retry = isTransientStatus(answer.status) ? 'transient' : 'never';
    const retryAfterMs = retryAfter(answer, fx.clock.wall());
    return { ok: false, retry, failure: refused(answer.status, facts), retryAfterMs };
  }
  const token = answer.body.trim();
  fx.mask(token);
  const value = assertionOf(token, FROM);
  return value
    ? { ok: true, value }
    : { ok: false, retry: 'never', failure: refused(answer.status, facts, 'without a JSON Web Token') };
}

// That nobody answers means one thing above all.
function explained(attempt: Attempt<Assertion>, host: string): Attempt<Assertion> {
  const reason = attempt.ok
    ? undefined
    : attempt.failure.diagnosis.facts.find(({ label }) => label === 'reason')?.value;
  return attempt.ok || reason === undefined ? attempt : { ...attempt, failure: unreachable(host, reason) };
}

const NOT_ON_GOOGLE =
  '`identity-source: google` works on machines of Google Cloud only: Compute Engine, GKE, Cloud Run, Cloud Build. GitHub-hosted runners run elsewhere; there leave the input out.';

function unreachable(host: string, reason: string): Failure {
  return new Failure({
    code: 'google-unreachable',
    sentence: `no metadata server of Google Cloud answers at ${host}: ${reason}.`,
    facts: [
      { label: 'host', value: host },
      { label: 'reason', value: reason },
    ],
    remedy: [
      NOT_ON_GOOGLE,
      'On Google Cloud: a firewall or network policy keeps this runner, or its container, from 169.254.169.254; proxies are not used for it.',
    ],
  });
}

function notGoogle(facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'google-unreachable',
    sentence: "what answers in the place of Google Cloud's metadata server is not that server.",
    facts,
    remedy: [NOT_ON_GOOGLE],
  });
}

function refused(status: number, facts: readonly Fact[], how = ''): Failure {
  return new Failure({
    code: 'google-refused',
    sentence: `Google Cloud's metadata server gave no ID token: it answered ${status}${how === '' ? '' : ` ${how}`}.`,
    facts,
    remedy: [
      status === 404
        ? 'No service account is attached to this machine, or, on GKE, Workload Identity has none for this pod: attach one (`gcloud compute instances set-service-account`), or annotate the Kubernetes service account.'
        : status === 403
          ? 'On GKE the pod may not use the service account: bind roles/iam.workloadIdentityUser to its Kubernetes service account.'
          : 'Run the job again; the log of the machine may tell more.',
    ],
  });
}
