/** A request as the rules build it: nothing is added to it but the user agent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, whatever its status; header names are lower-case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why no answer came. `kind` decides whether another attempt makes sense; `detail` is safe to show. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'interrupted' | 'timeout' | 'untrusted' | 'oversized' | 'proxy-refused' | 'proxy-login';
  readonly detail: string;

  constructor(kind: TransportError['kind'], detail: string) {
    super(detail);
    this.kind = kind;
    this.detail = detail;
  }
}

/** Sends one request and reads its answer, within `timeoutMs`. Fails with a TransportError only. */
export type Send = (request: HttpRequest, timeoutMs: number, signal: AbortSignal) => Promise<HttpAnswer>;

/** Time, chance and identifiers. */
export interface Clock {
  /** Milliseconds that pass evenly, for waits and deadlines; since the epoch as of the start of the process. */
  now(): number;
  /** Milliseconds since the epoch as the machine's clock has it, for dates: it may be set, and no pause holds it up. */
  wall(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** What the flows may do to the world: handed in by `bin`, replaced by fakes in tests of rules. */
export interface Effects {
  readonly send: Send;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Registers a secret with the runner, before anything else is done with it. */
  readonly mask: (secret: string) => void;
  readonly debug: (line: string) => void;
  /** Says what a person should look at although nothing failed. */
  readonly warn: (line: string) => void;
}

/** Environment variables as the process found them. */
export type Environment = Readonly<Record<string, string | undefined>>;
