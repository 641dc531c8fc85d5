import type { ServiceName } from './faults.ts';

/**
 * A request that reached a host of the emulator.
 * Secrets stay in it as they came: this is a test tool on loopback, and tests must see what was sent.
 */
export interface RecordedRequest {
  /** Null when the host is known but nothing answers at that path. */
  service: ServiceName | null;
  method: string;
  host: string;
  path: string;
  query: Record<string, string>;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** The fields of an urlencoded body; null for any other body. */
  form: Record<string, string> | null;
  /** Null when no answer was finished: not yet, or a fault cut it off. */
  status: number | null;
  /** ISO 8601. */
  at: string;
}

/** What reached the emulator, and what its proxy would not let pass. */
export interface Journal {
  record(service: ServiceName | null, request: Request): Promise<RecordedRequest>;
  refuse(target: string): void;
  requests(): RecordedRequest[];
  refusals(): string[];
  clear(): void;
}

/** Whether the request's body is urlencoded (RFC 6749, appendix B). */
export function isForm(request: Request): boolean {
  const type = request.headers.get('content-type') ?? '';
  return type.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

function describe(service: ServiceName | null, request: Request): RecordedRequest {
  const url = new URL(request.url);
  return {
    service,
    method: request.method,
    host: url.host,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(request.headers),
    form: null,
    status: null,
    at: new Date().toISOString(),
  };
}

/** An empty journal. Requests stand in the order of their arrival. */
export function createJournal(): Journal {
  let requests: RecordedRequest[] = [];
  let refusals: string[] = [];
  return {
    async record(service, request) {
      const entry = describe(service, request);
      requests.push(entry);
      if (isForm(request)) entry.form = Object.fromEntries(new URLSearchParams(await request.clone().text()));
      return entry;
    },
    refuse: (target) => void refusals.push(target),
    requests: () => [...requests],
    refusals: () => [...refusals],
    clear() {
      requests = [];
      refusals = [];
    },
  };
}
