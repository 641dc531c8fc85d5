import type { TransportError } from '../io/effects.ts';
import { type Fact, Failure, type FailureCode } from '../report/failure.ts';
import type { Attempt } from './persist.ts';

/** A request that got no answer that can be read, as a failed attempt: only what interrupted it may pass. */
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
  const final = (failure: Failure): Attempt<never> => ({ ok: false, retry: 'never', failure });
  switch (error.kind) {
    case 'proxy-login':
    case 'proxy-refused':
      return final(proxyRefused(error, who, facts));
    case 'untrusted':
      return final(untrusted(who, host, facts));
    case 'oversized':
      return final(unusable(error, unavailable, who, facts));
    case 'interrupted':
    case 'timeout':
      return {
        ok: false,
        retry: 'transient',
        failure: unreachable(error, unavailable, { name: who, host }, facts),
      };
  }
}

function unreachable(
  { detail }: TransportError,
  code: FailureCode,
  { name, host }: { readonly name: string; readonly host: string },
  facts: readonly Fact[],
): Failure {
  return new Failure({
    code,
    sentence: `${name} could not be reached: ${detail}.`,
    facts,
    remedy: [
      `Nothing was refused: no answer came. Check that the runner reaches https://${host} (firewall, DNS, HTTPS_PROXY, NO_PROXY); if it did so before, run the job again or raise \`timeout\`.`,
    ],
  });
}

function unusable(
  { detail }: TransportError,
  code: FailureCode,
  who: string,
  facts: readonly Fact[],
): Failure {
  return new Failure({
    code,
    sentence: `${who} did not give what it was asked for: ${detail}.`,
    facts,
    remedy: [
      'Something between the runner and that host answers in its place: exempt the host from what rewrites traffic.',
    ],
  });
}

function proxyRefused({ kind, detail }: TransportError, who: string, facts: readonly Fact[]): Failure {
  const remedy =
    kind === 'proxy-login'
      ? 'The proxy asks for a login: put user and password into HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT.'
      : 'The administrator of the proxy has to allow the host, port 443.';
  return new Failure({
    code: 'proxy-refused',
    sentence: `the proxy does not let this runner reach ${who}: ${detail}.`,
    facts,
    remedy: [remedy],
  });
}

function untrusted(who: string, host: string, facts: readonly Fact[]): Failure {
  return new Failure({
    code: 'tls-untrusted',
    sentence: `the certificate presented for ${who} (${host}) is not trusted, so nothing was sent.`,
    facts,
    remedy: [
      'A GitHub Enterprise Server with a CA of its own, or a proxy that opens TLS: name that CA in NODE_EXTRA_CA_CERTS, as the path of a PEM file on the runner, in `env` of the job or in the `.env` file of the runner. Otherwise somebody stands in between.',
    ],
  });
}
