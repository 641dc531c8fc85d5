import { fc } from '../harness/property.ts';

/** Pieces that somebody reads as more than text: the runner, Markdown, HTML, shells, JSON, Python's configparser. */
const SPEAKING = [
  ...['\n', '\r', '\r\n', '\t', '\u2028', '\u0085', '\u001b[31m', '\u0000', '\u202e', '\ud800', '\ufeff'],
  ...['::error::x', '::add-mask::x', '::set-env name=PATH::/evil', '##[error]', '%0A::warning::x', '%25'],
  ...['`', '```', '~~~', '|', '<', '>', '&lt;', '[l](https://evil.example)', '![i](x)', '@octo-org', '#1'],
  ...['</details>', '<img src=x>', 'www.evil.example', 'https://evil.example', '$$', '\\', '"', "'", "''"],
  ...['[section]', 'a = b', '%(x)s', '{', '}', '[', ']', ',', ':', '=', '*', '?', ' and ', '__proto__'],
  ...['entra_federate_', '<<', 'EOF', 'AADSTS700213: ', ' Trace ID: ', 'é', '日', '😀'],
] as const;

/** Text in which much speaks. */
export const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SPEAKING),
      fc.string({ maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Any JSON value, with the numbers and names that break readers. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostile,
    fc.constantFrom(null, true, false, 0, -1, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 4.5, ''),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(hostile, fc.constantFrom('value', 'error', 'id', 'name')), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value;

/** An object with all or some of the members, each of which may be anything, and what it should be now and then. */
export function recordOf(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const either = Object.entries(members).map(([name, right]) => [
    name,
    fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: anyJson }),
  ]);
  const model = Object.fromEntries(either);
  return fc.oneof(
    { weight: 3, arbitrary: fc.record(model) },
    { weight: 1, arbitrary: fc.record(model, { requiredKeys: [] }) },
  );
}

/** Something that has the form of a JWT: claims of any kind, or what is no JSON at all. */
export const anyJwt: fc.Arbitrary<string> = fc
  .oneof(
    recordOf({
      iss: fc.webUrl(),
      sub: hostile,
      aud: fc.oneof(hostile, fc.array(hostile)),
      exp: fc.oneof(fc.integer(), fc.double(), fc.constantFrom('1e400', 'Infinity', -1e300)),
      iat: fc.oneof(fc.integer(), fc.double()),
      tid: fc.uuid(),
    }).map((claims) => JSON.stringify(claims)),
    anyJson.map((json) => JSON.stringify(json)),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  .map((payload) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(payload, 'latin1').toString('base64url')}.c2ln`);

/** What may stand in the place of a token. */
export const anyToken: fc.Arbitrary<string> = fc.oneof(
  anyJwt,
  hostile,
  fc.constantFrom('', '.', '..', 'a.b.c'),
);
