import type { Failure } from '../report/failure.ts';
import { type Cloud, defaultScope, RESOURCE_ALIASES, type ResourceAlias } from '../trust/clouds.ts';
import { isGuid } from '../trust/guid.ts';
import { invalid, shape } from './invalid.ts';
import type { InputName } from './table.ts';
import { lines } from './values.ts';

/** A token that is asked for: the name of its output and its scope. */
export interface TokenRequest {
  readonly name: string;
  readonly scope: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
const SUFFIX = '/.default';

/** Parses the input `tokens`: one per line, `name=resource`, `name=alias` or an alias alone. */
export function parseTokens(value: string, cloud: Cloud): TokenRequest[] {
  const requests = lines(value).map((line) => parseLine(line, cloud));
  const seen = new Set<string>();
  for (const { name } of requests) {
    if (seen.has(name.toLowerCase()))
      throw invalid('tokens', `names '${name}' twice`, 'Give each token a name of its own: `name=resource`.');
    seen.add(name.toLowerCase());
  }
  return requests;
}

function parseLine(line: string, cloud: Cloud): TokenRequest {
  const parts = /^([^=]*?)\s*=\s*(.*)$/.exec(line);
  const name = parts?.[1] ?? line;
  const several = aliasesIn(line);
  if (several.length > 1 || /[,;]/.test(name) || (parts === null && /\s/.test(name)))
    throw severalInLine(line, several);
  if (!NAME.test(name))
    throw invalid(
      'tokens',
      `holds a name that cannot be used (${shape(name)})`,
      'A name has at most 64 letters, digits, hyphens and underscores, the first a letter or underscore.',
    );
  return { name, scope: scopeOf(parts?.[2] ?? line, cloud, name) };
}

/** The requests in a line where each is for an alias; none where another one is among them. */
function aliasesIn(line: string): string[] {
  const requests = line.split(/[\s,;]+/).filter((part) => part !== '');
  return requests.every((part) => isAlias(part.replace(/^[\w-]+=/, ''))) ? requests : [];
}

// What is no alias is not shown: it may be anything.
function severalInLine(line: string, meant: readonly string[]): Failure {
  const shown = meant.length > 0 ? meant : ['arm', 'graph'];
  return invalid(
    'tokens',
    `holds more than one request in a line (${shape(line)})`,
    'Write one request per line: neither commas nor white space part them.',
    [
      {
        title: meant.length > 0 ? 'What is meant' : 'For example',
        language: 'yaml',
        text: ['tokens: |', ...shown.map((request) => `  ${request}`)].join('\n'),
      },
    ],
  );
}

function scopeOf(text: string, cloud: Cloud, name: string): string {
  if (isAlias(text)) return defaultScope(aliasResource('tokens', text, cloud));
  const resource = resourceOf(text);
  if (/\s|,/.test(resource))
    throw invalid(
      'tokens',
      `asks for more than one resource under the name '${name}'`,
      'An access token is for one resource: put each in a line of its own.',
    );
  if (!isGuid(resource) && !isResourceUri(resource))
    throw invalid(
      'tokens',
      `holds an entry '${name}' that is neither a known alias nor a resource (${shape(text)})`,
      `Known aliases: ${RESOURCE_ALIASES.join(', ')}. A resource is an absolute URI (https://… or api://…) or a GUID.`,
    );
  return defaultScope(resource);
}

/** Parses a list of resources, one per line: an absolute URI or a GUID, with or without `/.default`. */
export function parseResources(input: InputName, value: string, cloud: Cloud): string[] {
  return lines(value).flatMap((line) => {
    // Resource Manager goes by two names: az asks for the one, the SDKs for the other.
    if (line === 'arm') return [aliasResource(input, line, cloud), cloud.managementEndpoint];
    const resource = isAlias(line) ? aliasResource(input, line, cloud) : resourceOf(line);
    if (isGuid(resource) || isResourceUri(resource)) return [resource];
    throw invalid(
      input,
      `holds a line that is neither a known alias nor a resource (${shape(line)})`,
      `Known aliases: ${RESOURCE_ALIASES.join(', ')}. A resource is an absolute URI (https://… or api://…) or a GUID.`,
    );
  });
}

/** The resource of a scope that stands for all of it (`…/.default`); any other text as it is. */
export function resourceOf(scope: string): string {
  return scope.endsWith(SUFFIX) ? scope.slice(0, -SUFFIX.length) : scope;
}

function isResourceUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s?#]+$/i.test(text) && URL.canParse(text) && text.length <= 600;
}

function isAlias(text: string): text is ResourceAlias {
  return RESOURCE_ALIASES.some((alias) => alias === text);
}

function aliasResource(input: InputName, alias: ResourceAlias, cloud: Cloud): string {
  const resource = cloud.resources[alias];
  if (resource) return resource;
  throw invalid(
    input,
    `asks for '${alias}', which ${cloud.name} does not offer`,
    'If the service exists there, name its resource: `name=https://…`.',
  );
}
