import type { SessionClient } from '../src/inputs/inputs.ts';
import { type Feed, type Feeds, SESSION_FEEDS, type SourceKind } from '../src/inputs/session-feeds.ts';

const CLIENTS: readonly SessionClient[] = ['az', 'sdk', 'azcopy', 'powershell', 'terraform'];
const GROUPS: readonly (readonly SourceKind[])[] = [
  ['github'],
  ['file'],
  ['google', 'aws', 'managed-identity'],
  ['direct-managed-identity'],
];

const WORDS: Readonly<Record<Feed, (source: SourceKind) => string>> = {
  'session-files': () => 'its session files',
  'own-oidc': () => 'GitHub, which it asks itself',
  'token-file': (source) => (source === 'file' ? '`PATH`' : 'a private file'),
  endpoint: () => 'the endpoint',
  machine: () => 'the machine',
};

function cell({ fixed, renewing }: Feeds, source: SourceKind): string {
  const words = WORDS[fixed](source);
  if (renewing === null) return `${words}; with \`keep-alive\`: an error`;
  return renewing === fixed ? words : `${words}; with \`keep-alive\`: ${WORDS[renewing](source)}`;
}

/** Which source feeds which client, in words. Fails where sources of one row are fed differently. */
export function sessionTable(): string {
  const rows = GROUPS.map((sources) => {
    const rowOf = (source: SourceKind) =>
      CLIENTS.map((client) => cell(SESSION_FEEDS[source][client], source)).join(' | ');
    const [row, ...others] = new Set(sources.map(rowOf));
    if (others.length > 0) throw new Error(`${sources.join(', ')} need rows of their own`);
    return `| ${sources.join(', ')} | ${row} |`;
  });
  const known = GROUPS.flat();
  const missing = Object.keys(SESSION_FEEDS).filter((source) => !known.some((one) => one === source));
  if (missing.length > 0) throw new Error(`no row for ${missing.join(', ')}`);
  return [`| source | ${CLIENTS.join(' | ')} |`, `| --- |${' --- |'.repeat(CLIENTS.length)}`, ...rows].join(
    '\n',
  );
}
