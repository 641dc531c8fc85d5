import { entities } from '../../report/escape.ts';
import type { Report, RoleReport } from '../model.ts';
import { notKnown } from './blocks.ts';
import { clip } from './bounded.ts';
import { candidates } from './nearest.ts';

/** How a link hangs on the one before. */
export type LinkState = 'holds' | 'broken' | 'not-known';

/** A link of the trust, and how it hangs on the one before. */
export interface ChainNode {
  readonly title: string;
  readonly text: string;
  readonly state: LinkState;
  readonly verb: string;
}

const LONGEST_LABEL = 100;
const MOST_ROLES = 3;

/** The chain from the workflow to what it may do: workflow, issuer, credential, principal, roles. */
export function chainOf(report: Report): readonly ChainNode[] {
  const { presented } = report;
  return [
    { title: 'workflow', text: presented.subject, state: 'holds', verb: '' },
    { title: 'issuer', text: presented.issuer, state: 'holds', verb: 'presents' },
    credentialNode(report),
    principalNode(report),
    rolesNode(report),
  ];
}

function credentialNode(report: Report): ChainNode {
  const title = 'credential';
  const { matched, credentials, exchange } = report;
  if (matched !== null) return { title, text: matched, state: 'holds', verb: 'matches' };
  if (!credentials.known) {
    return exchange.outcome === 'accepted'
      ? { title, text: notKnown(credentials.missing), state: 'holds', verb: 'matches, says Entra' }
      : { title, text: notKnown(credentials.missing), state: 'not-known', verb: 'not known' };
  }
  const text = candidates(report).nearest?.name;
  return text === undefined
    ? { title, text: 'none', state: 'broken', verb: 'has none' }
    : { title, text, state: 'broken', verb: 'does not match' };
}

function principalNode({ identity, clientId }: Report): ChainNode {
  const title = 'principal';
  if (!identity.known) {
    return {
      title,
      text: `${clientId}, ${notKnown(identity.missing)}`,
      state: 'not-known',
      verb: 'not known',
    };
  }
  const { displayName, principalId, enabled } = identity.value;
  const text = `${displayName} (${clientId})`;
  if (principalId === null) return { title, text, state: 'broken', verb: 'has no service principal' };
  if (enabled === false) return { title, text, state: 'broken', verb: 'is disabled' };
  return enabled === null
    ? { title, text, state: 'not-known', verb: 'signs in, if it is enabled, as' }
    : { title, text, state: 'holds', verb: 'signs in as' };
}

function rolesNode({ roles }: Report): ChainNode {
  const title = 'roles';
  if (!roles.known) return { title, text: notKnown(roles.missing), state: 'not-known', verb: 'not known' };
  const names = roles.value.slice(0, MOST_ROLES).map(roleText);
  const left = roles.value.length - names.length;
  if (names.length === 0) return { title, text: 'none', state: 'broken', verb: 'has none' };
  const text = `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  return { title, text, state: 'holds', verb: 'has' };
}

function roleText({ roleName, roleDefinitionId, scope }: RoleReport): string {
  return `${clip(roleName ?? roleDefinitionId, 40)} on ${clip(scope.split('/').at(-1) || scope, 40)}`;
}

const ARROWS: Readonly<Record<LinkState, string>> = { holds: '→', broken: '✗→', 'not-known': '?→' };

/** The chain in words, for those who cannot see a drawing. */
export function chainText(nodes: readonly ChainNode[]): string {
  return nodes
    .map(({ title, text, state, verb }, index) => {
      const arrow = index === 0 ? '' : ` — ${verb} ${ARROWS[state]} `;
      return `${arrow}${title} \`${clip(text, LONGEST_LABEL)}\``;
    })
    .join('');
}

const EDGES: Readonly<Record<LinkState, string>> = { holds: '-->', broken: '--x', 'not-known': '-.->' };

/** The chain as a Mermaid flowchart. */
export function chainDrawing(nodes: readonly ChainNode[]): string {
  const boxes = nodes.map(({ title, text }, index) => `  n${index}["${label(`${title}: ${text}`)}"]`);
  const edges = nodes
    .slice(1)
    .map(({ state, verb }, index) => `  n${index} ${EDGES[state]}|"${label(verb)}"| n${index + 1}`);
  return ['flowchart LR', ...boxes, ...edges].join('\n');
}

// Only letters, digits and blanks are written as they are; `end` is a word of Mermaid's.
function label(text: string): string {
  return entities(clip(text, LONGEST_LABEL))
    .replace(/&#(\d+);|[^A-Za-z0-9 ]/g, (char, point?: string) => `#${point ?? char.codePointAt(0)};`)
    .replace(/end/gi, (word) => `${word.charAt(0)}#${word.charCodeAt(1)};${word.charAt(2)}`);
}
