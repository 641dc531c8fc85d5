import type { TokenFile } from '../io/token-file.ts';
import { Failure } from '../report/failure.ts';
import { isoTime } from '../report/time.ts';
import { type AssertionSource, assertionOf, expiryOf } from './source.ts';

/** What the file source needs of the world. */
export interface FileTools {
  readonly read: (path: string) => TokenFile;
  readonly mask: (secret: string) => void;
  readonly warn: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const SOON_MS = 60_000;

/**
 * A token that something else keeps in a file, and renews there: a projected service account token of Kubernetes, the
 * web identity token of EKS. Read anew for each assertion, for its writer replaces it.
 * Source: Kubernetes, "ServiceAccount token volume projection".
 * Fails with token-file-unusable or token-file-expired.
 */
export function fileSource(path: string, { read, mask, warn, now }: FileTools): AssertionSource {
  return {
    async assertion() {
      const found = read(path);
      if (found.kind === 'unusable') throw unusable(path, found.reason, found.remedy);
      mask(found.text);
      const assertion = assertionOf(found.text, `the token in ${path}`);
      if (assertion === null)
        throw unusable(
          path,
          'it holds no JSON Web Token',
          'Name the file that holds the token itself: not its directory, not a kubeconfig, not a certificate.',
        );
      const expires = expiryOf(assertion.claims);
      if (expires !== null && expires <= now()) throw expired(path, expires, now());
      if (expires !== null && expires - now() < SOON_MS)
        warn(
          `The token in ${path} expires in ${Math.round((expires - now()) / 1000)} seconds: whatever renews it is late.`,
        );
      return assertion;
    },
  };
}

function unusable(path: string, reason: string, remedy: string): Failure {
  return new Failure({
    code: 'token-file-unusable',
    sentence: `the token file '${path}' of \`identity-source\` cannot be used: ${reason}.`,
    facts: [{ label: 'file', value: path }],
    remedy: [remedy],
  });
}

function expired(path: string, expires: number, now: number): Failure {
  const at = isoTime(expires / 1000);
  return new Failure({
    code: 'token-file-expired',
    sentence: `the token in '${path}' expired at ${at}, so it was not presented.`,
    facts: [
      { label: 'file', value: path },
      { label: 'expired', value: at },
      { label: 'clock of this machine', value: isoTime(now / 1000) },
    ],
    remedy: [
      'Whatever writes the file has stopped renewing it, or the file is a copy. Name the file that is renewed (in Kubernetes the one in the projected volume), and check the clock of this machine.',
    ],
  });
}
