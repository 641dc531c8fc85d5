import type { Snippet } from '../trust/fix.ts';

/** What can stop a run, apart from the AADSTS codes that Entra answers with. */
export type FailureCode =
  | `AADSTS${number}`
  | 'input-invalid'
  | 'runner-incomplete'
  | 'tls-verification-off'
  | 'proxy-unusable'
  | 'proxy-refused'
  | 'not-in-actions'
  | 'fork-pull-request'
  | 'dependabot-run'
  | 'id-token-permission'
  | 'id-token-url-refused'
  | 'id-token-request-unusable'
  | 'id-token-refused'
  | 'id-token-unavailable'
  | 'id-token-malformed'
  | 'token-file-unusable'
  | 'token-file-expired'
  | 'google-unreachable'
  | 'google-refused'
  | 'aws-no-region'
  | 'aws-no-credentials'
  | 'aws-endpoint-refused'
  | 'aws-unreachable'
  | 'aws-refused'
  | 'identity-unreachable'
  | 'identity-not-assigned'
  | 'identity-ambiguous'
  | 'identity-refused'
  | 'identity-other'
  | 'cloud-unreachable'
  | 'cloud-unusable'
  | 'cloud-without-federation'
  | 'guard-tenant'
  | 'guard-client'
  | 'guard-claim'
  | 'entra-refused'
  | 'entra-unavailable'
  | 'tls-untrusted'
  | 'directory-unavailable'
  | 'subscriptions-unavailable'
  | 'subscription-not-visible'
  | 'az-login-failed'
  | 'endpoint-foreign'
  | 'endpoint-failed'
  | 'export-failed'
  | 'internal';

/** A named value that belongs to a diagnosis: who presented what, which correlation id. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** All that a person needs to act on a failure. Values are raw: whoever renders them escapes them. */
export interface Diagnosis {
  readonly code: FailureCode;
  /** The whole story in one sentence, without the code. */
  readonly sentence: string;
  readonly facts: readonly Fact[];
  readonly remedy: readonly string[];
  readonly snippets: readonly Snippet[];
  /** Whether the last attempt failed in a way that may pass by itself. */
  readonly passing?: boolean;
  /** What Entra answered, where it is Entra that refused. */
  readonly refusal?: Refusal;
}

/** An answer of Entra that is no token: its AADSTS codes and text, and the id to look it up by. */
export interface Refusal {
  readonly codes: readonly number[];
  readonly text: string;
  readonly correlationId: string;
}

/** A failure with its diagnosis; the message is code and sentence, never a token. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Pick<Diagnosis, 'code' | 'sentence'> & Partial<Diagnosis>, options?: ErrorOptions) {
    super(`${diagnosis.code}: ${diagnosis.sentence}`, options);
    this.diagnosis = { facts: [], remedy: [], snippets: [], ...diagnosis };
  }

  /** The same failure, known to pass by itself or not to. */
  withPassing(passing: boolean): Failure {
    return new Failure({ ...this.diagnosis, passing }, { cause: this.cause });
  }

  /** The same failure with what Entra answered. */
  withRefusal(refusal: Refusal): Failure {
    return new Failure({ ...this.diagnosis, refusal }, { cause: this.cause });
  }

  /** The same failure with more facts at its end. */
  withFacts(facts: readonly Fact[]): Failure {
    return new Failure(
      { ...this.diagnosis, facts: [...this.diagnosis.facts, ...facts] },
      { cause: this.cause },
    );
  }
}
