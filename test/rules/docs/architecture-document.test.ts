import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ARROWS } from '../arrows.ts';
import { ROOT, read } from './documents.ts';
import { blocksOf } from './markdown.ts';

const document = read('docs/architecture.md');
const drawings = blocksOf(document).filter(({ language }) => language === 'mermaid');

test('the table of rooms says what is enforced', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| .+ \| (.+) \|$/gm)].map(([, room = '', known = '']) => [
    room,
    [...known.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  ]);
  expect(Object.fromEntries(rows)).toEqual(ARROWS);
});

test('the three flows are drawn, and every box and arrow is one that GitHub can draw', () => {
  expect(drawings).toHaveLength(3);
  const box = String.raw`\w+(?:\["[^"]+"\])?`;
  const arrow = String.raw`(?:-->|-- [\w ]+ -->|-\. [\w ]+ \.->)`;
  const line = new RegExp(`^ {2}${box} ${arrow} ${box}$`);
  for (const { text } of drawings) {
    const [first, ...lines] = text.trimEnd().split('\n');
    expect(first).toBe('flowchart TD');
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
  }
});

/** Words of the language, which no box may be called. Source: Mermaid, "Flowcharts - Basic Syntax". */
const RESERVED =
  /^(graph|flowchart|subgraph|end|style|linkStyle|class|classDef|click|call|href|default|direction)$/;

test('every box has words, and a name that is no word of the language', () => {
  for (const { text } of drawings) {
    const labelled = new Set([...text.matchAll(/(\w+)\["/g)].map(([, name]) => name));
    const lines = text.trimEnd().split('\n').slice(1);
    const named = lines.flatMap((line) => line.replace(/\["[^"]+"\]/g, '').match(/^ {2}\w+|\w+$/g) ?? []);
    const names = named.map((name) => name.trim());
    expect(names.length).toBe(2 * lines.length);
    expect(names.filter((name) => !labelled.has(name) || RESERVED.test(name))).toEqual([]);
  }
});

test('every file that is named is there', () => {
  const named = [...document.matchAll(/\b((?:src|test|scripts|docs)\/[\w./-]*\w)/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
