/** What can be made to fail: one name per kind of request. */
export type ServiceName =
  | 'github-id-token'
  | 'github-discovery'
  | 'github-jwks'
  | 'entra-token'
  | 'entra-discovery'
  | 'entra-jwks'
  | 'graph'
  | 'arm'
  | 'github-api'
  | 'imds'
  | 'app-service'
  | 'arc'
  | 'google-metadata'
  | 'ec2-metadata'
  | 'aws-sts'
  | 'issuer-discovery'
  | 'issuer-jwks';

export const SERVICE_NAMES: readonly ServiceName[] = [
  'github-id-token',
  'github-discovery',
  'github-jwks',
  'entra-token',
  'entra-discovery',
  'entra-jwks',
  'graph',
  'arm',
  'github-api',
  'imds',
  'app-service',
  'arc',
  'google-metadata',
  'ec2-metadata',
  'aws-sts',
  'issuer-discovery',
  'issuer-jwks',
];

/** Taken when the proxy is asked for a tunnel to a host of the service: counts connections. */
export type ConnectionFault =
  /** The proxy answers CONNECT with this status (502 unless said): 407 wants a login, 403 forbids the host. */
  | { kind: 'refused'; status?: number }
  /** The tunnel opens, then the connection is reset in the TLS handshake. */
  | { kind: 'tls' }
  /** The certificate comes from an authority that nobody trusts. */
  | { kind: 'tls-untrusted' };

/** Taken when a request has arrived: counts requests. */
export type RequestFault =
  /** Answers properly, `ms` late. */
  | { kind: 'latency'; ms: number }
  /** The connection is reset instead of an answer. */
  | { kind: 'reset' }
  | { kind: 'status'; status: number; retryAfter?: string; body?: string; contentType?: string }
  /** 200 without a body. */
  | { kind: 'empty' }
  /** 200 with a web page, as captive portals answer. */
  | { kind: 'non-json' }
  /** Half of the proper body, then the connection closes. */
  | { kind: 'truncated' }
  /** 200 with a body that does not end. */
  | { kind: 'huge' }
  | { kind: 'redirect'; location: string }
  /** The proper body, a byte at a time, every `ms` (1000 unless said). */
  | { kind: 'drip'; ms?: number }
  /** entra-token only: refuses with this code, a made-up text when the catalogue lacks it. */
  | { kind: 'aadsts'; code: number; status?: number; retryAfter?: string }
  /** Refuses in the service's own words for too many requests; 429 unless said (GitHub knows 403 too). */
  | { kind: 'throttled'; retryAfter?: string; status?: 403 | 429 };

/**
 * `times`: how often (1 unless said); Infinity, or null in JSON, for ever.
 * `page`: only requests for that page of a list, counted from 1; a request fault on a paged service.
 */
export type Fault = { service: ServiceName; times?: number | null; page?: number } & (
  | ConnectionFault
  | RequestFault
);

const CONNECTION_KINDS: readonly string[] = ['refused', 'tls', 'tls-untrusted'];
export const FAULT_KINDS: readonly string[] = [
  ...CONNECTION_KINDS,
  'latency',
  'reset',
  'status',
  'empty',
  'non-json',
  'truncated',
  'huge',
  'redirect',
  'drip',
  'aadsts',
  'throttled',
];

function isConnectionFault<F extends { kind: string }>(fault: F): fault is Extract<F, ConnectionFault> {
  return CONNECTION_KINDS.includes(fault.kind);
}

/** Faults in the order in which they were set; each is used up before the next of its kind and service. */
export interface FaultQueue {
  add(fault: Fault): void;
  takeForConnection(services: readonly ServiceName[]): ConnectionFault | null;
  /** `page`: the page of a list that the request asks for, 1 for any other request. */
  takeForRequest(service: ServiceName, page: number): RequestFault | null;
  clear(): void;
}

/** An empty queue. */
export function createFaultQueue(): FaultQueue {
  let entries: { fault: Fault; left: number }[] = [];
  const take = (wanted: (fault: Fault) => boolean): Fault | null => {
    const entry = entries.find(({ fault }) => wanted(fault));
    if (!entry) return null;
    entry.left -= 1;
    entries = entries.filter(({ left }) => left > 0);
    return entry.fault;
  };
  return {
    add(fault) {
      const left = fault.times === null ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
      if (left > 0) entries.push({ fault, left });
    },
    takeForConnection(services) {
      const fault = take((candidate) => isConnectionFault(candidate) && services.includes(candidate.service));
      return fault && isConnectionFault(fault) ? fault : null;
    },
    takeForRequest(service, page) {
      const fault = take(
        (candidate) =>
          !isConnectionFault(candidate) && candidate.service === service && (candidate.page ?? page) === page,
      );
      return fault && !isConnectionFault(fault) ? fault : null;
    },
    clear() {
      entries = [];
    },
  };
}
