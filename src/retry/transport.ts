import type { TransportError } from '../io/effects.ts';
import { Failure, type FailureCode } from '../report/failure.ts';
import type { Attempt } from './persist.ts';

/** A request that got no answer, as a failed attempt: interruptions may pass, a distrusted certificate does not. */
export function transportFailure(
  error: TransportError,
  unavailable: FailureCode,
  who: string,
  host: string,
): Attempt<never> {
  const facts = [
    { label: 'host', value: host },
    { label: 'reason', value: error.detail },
  ];
  if (error.kind === 'proxy-refused')
    return { ok: false, retry: 'never', failure: proxyRefused(error, who, facts) };
  if (error.kind === 'untrusted') return { ok: false, retry: 'never', failure: untrusted(who, host, facts) };
  const failure = new Failure({
    code: unavailable,
    sentence: `${who} could not be reached: ${error.detail}.`,
    facts,
    remedy: [
      `Nothing was refused: no answer came. Check that the runner reaches https://${host} (firewall, DNS, HTTPS_PROXY, NO_PROXY); if it did so before, run the job again or raise \`timeout\`.`,
    ],
  });
  return { ok: false, retry: error.kind === 'oversized' ? 'never' : 'transient', failure };
}

function proxyRefused(
  { detail }: TransportError,
  who: string,
  facts: Failure['diagnosis']['facts'],
): Failure {
  const remedy = detail.includes('407')
    ? 'The proxy asks for a login: put user and password into HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT.'
    : `The administrator of the proxy has to allow the host, port 443.`;
  return new Failure({
    code: 'proxy-refused',
    sentence: `the proxy does not let this runner reach ${who}: ${detail}.`,
    facts,
    remedy: [remedy],
  });
}

function untrusted(who: string, host: string, facts: Failure['diagnosis']['facts']): Failure {
  return new Failure({
    code: 'tls-untrusted',
    sentence: `the certificate presented for ${who} (${host}) is not trusted, so nothing was sent.`,
    facts,
    remedy: [
      'A GitHub Enterprise Server with a CA of its own, or a proxy that opens TLS: name that CA in NODE_EXTRA_CA_CERTS, as the path of a PEM file on the runner, in `env` of the job or in the `.env` file of the runner. Otherwise somebody stands in between.',
    ],
  });
}
