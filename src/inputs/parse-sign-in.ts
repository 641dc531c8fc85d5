import type { Cloud } from '../trust/clouds.ts';
import type { KeepAlive, SessionChoice, SessionClient, SessionInputs } from './inputs.ts';
import { invalid } from './invalid.ts';
import { optional, type RawInputs } from './table.ts';
import { parseResources, parseTokens } from './tokens.ts';
import { boolean, list, oneOf, variableName } from './values.ts';

const SESSION_CLIENTS: readonly SessionClient[] = ['az', 'terraform', 'sdk', 'azcopy', 'powershell'];
const AUTO: readonly SessionClient[] = ['az', 'terraform', 'sdk'];

/** Parses what a sign-in leaves to later steps. */
export function parseSignIn(raw: RawInputs, cloud: Cloud): SessionInputs {
  const values = signInValues(raw, cloud);
  if (values.keepAlive !== null || raw['keep-alive-resources'] === '') return values;
  throw invalid(
    'keep-alive-resources',
    'is given without `keep-alive`',
    'Write `keep-alive: true`, or leave both out.',
  );
}

/** The same, each input on its own: a value that cannot be meant is an error where it has no use, too. */
export function signInValues(raw: RawInputs, cloud: Cloud): SessionInputs {
  return {
    tokens: parseTokens(raw.tokens, cloud),
    sessions: parseSessions(raw.sessions),
    keepAlive: parseKeepAlive(raw, cloud),
    exportAccessToken: optional(raw, 'export-access-token', variableName),
  };
}

function parseSessions(value: string): SessionChoice {
  const words = list('sessions', value);
  if (words.length === 1 && words[0] === 'auto') return { clients: AUTO, chosen: false };
  if (words.length === 1 && words[0] === 'none') return { clients: [], chosen: true };
  const clients = words.map((word) => oneOf('sessions', word, [...SESSION_CLIENTS, 'auto', 'none'] as const));
  const named = clients.filter((word) => word !== 'auto' && word !== 'none');
  if (named.length === clients.length) return { clients: [...new Set(named)], chosen: true };
  throw invalid(
    'sessions',
    'combines `auto` or `none` with something else',
    'Write `auto` alone, `none` alone, or the names of the clients.',
  );
}

function parseKeepAlive(raw: RawInputs, cloud: Cloud): KeepAlive | null {
  const word = raw['keep-alive'];
  const override = word.toLowerCase() === 'override';
  const resources = parseResources('keep-alive-resources', raw['keep-alive-resources'], cloud);
  const asked = override || boolean('keep-alive', word, 'Write `true`, `false` or `override`.');
  return asked ? { override, resources } : null;
}
