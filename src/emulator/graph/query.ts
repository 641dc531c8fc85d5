import { paginate } from '../paging.ts';
import { type Answer, type Call, contextOf } from './call.ts';
import { badRequest, GraphError } from './errors.ts';

type Item = Readonly<Record<string, unknown>>;

/** What of a type the query options may name. */
export interface Queryable {
  /** Name in the context URL: `applications`. */
  set: string;
  filterable: readonly string[];
}

const TERM = /^(\w+) eq (?:'((?:[^']|'')*)'|(true|false))$/;
// azure-cli looks for an application of the same name in this form before it creates one.
const STARTS = /^startswith\((\w+),\s?'((?:[^']|'')*)'\)$/;
// azure-cli finds principals by one of their names in this form.
const ANY = /^(\w+)\/any\((\w+):\2 eq '((?:[^']|'')*)'\)$/;
const OPTIONS: readonly string[] = ['$filter', '$select', '$top', '$skiptoken'];
const MAX_TOP = 999;

function unsupported(property: string): GraphError {
  const message = `Unsupported or invalid query filter clause specified for property '${property}'.`;
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}

function predicate(term: string, filterable: readonly string[]): (item: Item) => boolean {
  const [, name = '', text, flag] = TERM.exec(term) ?? [];
  if (name !== '') {
    const wanted = text === undefined ? flag === 'true' : unquoted(text).toLowerCase();
    if (!filterable.includes(name)) throw unsupported(name);
    return (item) => {
      const value = item[name];
      // The directory compares strings without regard to case.
      return typeof value === 'string' ? value.toLowerCase() === wanted : value === wanted;
    };
  }
  const [, property = '', start = ''] = STARTS.exec(term) ?? [];
  if (filterable.includes(property))
    return (item) => String(item[property]).toLowerCase().startsWith(unquoted(start).toLowerCase());
  const [, list = '', , element = ''] = ANY.exec(term) ?? [];
  if (list === '' || !filterable.includes(list)) throw unsupported(list || term);
  return (item) => {
    const values = item[list];
    return Array.isArray(values) && values.includes(unquoted(element));
  };
}

function checkOptions(url: URL): void {
  const alien = [...url.searchParams.keys()].find((name) => !OPTIONS.includes(name.toLowerCase()));
  if (alien !== undefined) throw badRequest(`Query option '${alien}' is not supported.`);
}

function selected(url: URL): string[] | null {
  const select = url.searchParams.get('$select');
  return select === null || select === '' ? null : select.split(',').map((name) => name.trim());
}

function project(item: Item, names: string[] | null): Item {
  if (names === null) return item;
  const alien = names.find((name) => !Object.hasOwn(item, name));
  if (alien !== undefined) throw badRequest(`Could not find a property named '${alien}'.`);
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

function pageSize({ url, state }: Call): number {
  const top = url.searchParams.get('$top');
  if (top === null) return state.pageSizes.graph;
  const size = Number(top);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_TOP) return size;
  throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${MAX_TOP} inclusive.`);
}

/**
 * A list as `$filter` (`eq`, `any` with `eq` and `startswith`, joined by `and`), `$select` and `$top` ask for it, in pages.
 * Throws a GraphError 400 for any other option. Source: Graph, "Use query parameters" and "Paging".
 */
export function answerList(call: Call, items: readonly Item[], type: Queryable): Answer {
  checkOptions(call.url);
  const filter = call.url.searchParams.get('$filter');
  const terms =
    filter === null ? [] : filter.split(' and ').map((term) => predicate(term.trim(), type.filterable));
  const kept = items.filter((item) => terms.every((holds) => holds(item)));
  const page = paginate(kept, call.url, pageSize(call));
  if (page === null) throw badRequest('Invalid $skiptoken.');
  const names = selected(call.url);
  const body = {
    '@odata.context': contextOf(call, type.set),
    ...(page.next !== null && { '@odata.nextLink': page.next }),
    value: page.items.map((item) => project(item, names)),
  };
  return { status: 200, body };
}

/** One object, as `$select` asks for it. */
export function answerItem(call: Call, item: Item, set: string, status = 200): Answer {
  checkOptions(call.url);
  const body = { '@odata.context': contextOf(call, `${set}/$entity`), ...project(item, selected(call.url)) };
  return { status, body };
}
