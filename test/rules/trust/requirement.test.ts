import { expect, test } from 'vitest';
import { matchesGlob } from '../../../src/trust/glob.ts';
import { meets, parseRequirement } from '../../../src/trust/requirement.ts';
import { fc } from '../../harness/property.ts';

test('parses the three forms, and nothing else', () => {
  expect(parseRequirement('ref=refs/heads/main')).toEqual({
    claim: 'ref',
    operator: '=',
    value: 'refs/heads/main',
  });
  expect(parseRequirement('  event_name != pull_request ')).toEqual({
    claim: 'event_name',
    operator: '!=',
    value: 'pull_request',
  });
  expect(parseRequirement('sub~repo:o/r:*')).toEqual({ claim: 'sub', operator: '~', value: 'repo:o/r:*' });
  expect(parseRequirement('sub=a=b~c!=d')).toEqual({ claim: 'sub', operator: '=', value: 'a=b~c!=d' });
  for (const line of ['ref', 'ref=', '=x', 'ref==', 'ré=x', 'a b=c', '!x=y', 'ref!==x'])
    expect(parseRequirement(line), line).toBeNull();
});

test('compares literally, but for GUIDs', () => {
  const claims = { ref: 'Refs', id: 'AAAAAAAA-0000-4000-8000-000000000001', n: 7, flag: true, list: ['a'] };
  const holds = (line: string) => meets(claims, parseRequirement(line) ?? expect.fail(line));
  expect(holds('ref=Refs')).toBe(true);
  expect(holds('ref=refs')).toBe(false);
  expect(holds('id=aaaaaaaa-0000-4000-8000-000000000001')).toBe(true);
  expect(holds('id!=aaaaaaaa-0000-4000-8000-000000000001')).toBe(false);
  expect([holds('n=7'), holds('flag=true')]).toEqual([true, true]);
});

test('an absent claim, or one that is no text, meets nothing', () => {
  for (const claims of [{}, { x: null }, { x: ['a'] }, { x: {} }]) {
    for (const line of ['x=a', 'x!=a', 'x~*'])
      expect(meets(claims, parseRequirement(line) ?? expect.fail())).toBe(false);
  }
  expect(meets({}, { claim: 'constructor', operator: '!=', value: 'a' })).toBe(false);
});

const small = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });

/** The definition of a glob, without any thought of speed. */
function naive(text: string, glob: string): boolean {
  if (glob === '') return text === '';
  if (glob[0] === '*') return naive(text, glob.slice(1)) || (text !== '' && naive(text.slice(1), glob));
  return text !== '' && (glob[0] === '?' || glob[0] === text[0]) && naive(text.slice(1), glob.slice(1));
}

test('matches globs as their definition says', () => {
  fc.assert(
    fc.property(small, pattern, (text, glob) => matchesGlob(text, glob) === naive(text, glob)),
    { numRuns: 3000 },
  );
});

test('takes no more than polynomial time over hostile patterns', () => {
  expect(matchesGlob('a'.repeat(20_000), `${'*a'.repeat(200)}b`)).toBe(false);
});
