import type { Confidence, Evidence, Rule } from '../evidence.ts';

const LATE =
  /is not within its valid time range|ID token already expires|token (is|has) expired|ExpiredAuthenticationToken|Lifetime validation failed|token expiry (UTC )?time|assertion (is|has) expired|id_token.{0,40}expired|expired.{0,20}(assertion|id.token)/i;
const EARLY =
  /not yet valid|NotBefore|assertion valid from .{0,60}in the future|clock.?skew|clocks? (is|are|differ|on your|of the|not in sync)|system (clock|time)|issued in the future|time (is )?not synchroni[sz]ed/i;
const LIFE_MINUTES = 5;

/** A rule about time: an assertion that is too old, or one that clocks disagree about. */
export const validity: Rule = (evidence) => {
  const { error, stage, entry } = evidence;
  const refused = entry?.code === 700024 || LATE.test(error.text);
  if (!refused && !EARLY.test(error.text)) return sinceLogin(evidence);
  const elsewhere = entry !== null && !ABOUT_TIME.includes(entry.code);
  return stage === 'trust' || elsewhere ? [] : outOfTime(evidence);
};

const ABOUT_TIME = [700024, 50013, 50027];

function outOfTime({ error, context, provider, ours }: Evidence): ReturnType<Rule> {
  const order = timesIn(error.text);
  const minutes = provider === 'github' ? context.minutes_since_login : undefined;
  const expired = provider === 'github' ? expiredIdToken : expiredElsewhere;
  if (order === 'early') return [skew('certain', EARLIER), expired('possible')];
  if (order !== 'late' && EARLY.test(error.text)) return [skew('likely', EARLIER), expired('possible')];
  if (ours && provider === 'github') return [skew('likely', MINTED), expired('possible')];
  if (minutes !== undefined && minutes < LIFE_MINUTES - 1)
    return [
      skew('likely', `The sign-in was ${minutes} minutes ago, less than an ID token lives.`),
      expired('possible'),
    ];
  const proven = order === 'late' || (minutes ?? 0) >= LIFE_MINUTES;
  return [expired(proven ? 'certain' : 'likely'), skew('possible', '')];
}

const MINTED = 'The ID token had just been minted when this action presented it.';
const EARLIER = 'The assertion is not valid yet where it is judged.';

function expiredElsewhere(confidence: Confidence) {
  const why = [
    'A session that keeps an assertion presents it again when it needs another access token; one in a file may not have been renewed.',
  ];
  return { cause: 'assertion-expired', confidence, why } as const;
}

function expiredIdToken(confidence: Confidence) {
  return {
    cause: 'assertion-expired',
    confidence,
    why: [
      "GitHub's ID tokens live 5 minutes; a session that keeps one presents it again when it needs another access token.",
    ],
  } as const;
}

function skew(confidence: Confidence, why: string) {
  return { cause: 'clock-skew', confidence, why: why === '' ? [] : [why] } as const;
}

// Entra quotes its own clock and the assertion's life: these three times decide which of the two it is.
function timesIn(text: string): 'late' | 'early' | null {
  const at = (words: string) =>
    Date.parse(`${new RegExp(`${words}:?\\s*(\\d{4}-\\d\\d-\\d\\dT[\\d:]{8})`, 'i').exec(text)?.[1]}Z`);
  const now = at('current time');
  // A time that is not quoted is NaN, and neither before nor after another.
  if (now < at('valid from')) return 'early';
  return now > at('expiry time of assertion') ? 'late' : null;
}

function sinceLogin({ context, stage, error, provider }: Evidence): ReturnType<Rule> {
  const minutes = context.minutes_since_login;
  // How long the assertions of others live is not known.
  if (provider !== 'github' || minutes === undefined || minutes < LIFE_MINUTES) return [];
  const signedOut = /az login|Unauthorized|\b401\b|InvalidAuthenticationToken|refresh/i.test(error.text);
  if (stage === 'none' || signedOut) return [expiredIdToken(stage === 'none' ? 'possible' : 'likely')];
  return stage === 'unnamed' ? [expiredIdToken('possible')] : [];
}
