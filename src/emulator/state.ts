import { randomBytes } from 'node:crypto';
import type { ClockOffsets, RunContext, Subscription, Tenant } from './entities.ts';
import type { Fault } from './faults.ts';
import { defaultRun, defaultSubscriptions, defaultTenants } from './seed.ts';

/** Everything the emulator knows, as JSON. What a seed leaves out keeps its default. */
export interface Seed {
  tenants: Tenant[];
  subscriptions: Subscription[];
  /** Merged over the default run. */
  run: Partial<RunContext>;
  /** Seconds by which each side's clock is ahead of the machine's. */
  clockOffsetSeconds: Partial<ClockOffsets>;
  /** Issuers whose metadata Entra cannot fetch (AADSTS501661). */
  unreachableIssuers: string[];
  /** Queued from the start, and again after every reset. */
  faults: Fault[];
}

/** Live entities: in-process tests may change any of it between requests. */
export interface State {
  tenants: Tenant[];
  subscriptions: Subscription[];
  run: RunContext;
  clockOffsetSeconds: ClockOffsets;
  unreachableIssuers: string[];
  /** Moved on by a key rotation. */
  githubKeyGeneration: number;
}

const HOUR_SECONDS = 3600;

/** Shaped like a runner's: a JWT good for about six hours, whose signature nobody but GitHub checks. */
function newRequestToken(): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { scp: 'GenerateIdToken:emulator', nbf: now, exp: now + 6 * HOUR_SECONDS };
  return `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}.${randomBytes(256).toString('base64url')}`;
}

const SEED_FIELDS = ['tenants', 'subscriptions', 'run', 'clockOffsetSeconds', 'unreachableIssuers', 'faults'];

function checkNames(what: string, value: object, names: readonly string[]): void {
  const alien = Object.keys(value).find((name) => !names.includes(name));
  if (alien !== undefined) throw new TypeError(`The ${what} has no "${alien}"; it has ${names.join(', ')}`);
}

/**
 * A fresh state from a seed; the seed itself is never changed.
 * Throws a TypeError for a field that the seed, its run or its clocks do not have: a typo must not pass for a default.
 */
export function createState(seed: Partial<Seed>): State {
  checkNames('seed', seed, SEED_FIELDS);
  checkNames('run', seed.run ?? {}, [...Object.keys(defaultRun()), 'requestToken']);
  checkNames('clockOffsetSeconds', seed.clockOffsetSeconds ?? {}, ['github', 'entra']);
  return structuredClone({
    tenants: seed.tenants ?? defaultTenants(),
    subscriptions: seed.subscriptions ?? defaultSubscriptions(),
    run: { ...defaultRun(), requestToken: newRequestToken(), ...seed.run },
    clockOffsetSeconds: { github: 0, entra: 0, ...seed.clockOffsetSeconds },
    unreachableIssuers: seed.unreachableIssuers ?? [],
    githubKeyGeneration: 0,
  });
}
