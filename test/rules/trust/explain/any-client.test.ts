import { expect, test } from 'vitest';
import { isOwnText, ofAnyClient } from '../../../../src/trust/aadsts/any-client.ts';
import { AADSTS_CATALOGUE, fill, findAadsts } from '../../../../src/trust/aadsts/catalogue.ts';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { OUT_OF_TIME, read } from './reports.ts';

const entryOf = (code: number) => findAadsts([code]) ?? expect.fail(`${code} is not listed`);
const told = (json: unknown) => explain(read(json));

test('an ID token that some client presented is told to have been presented again, and of no clock first', () => {
  const { cause, explanation, also } = told({ error: OUT_OF_TIME });
  expect([cause, also]).toEqual(['assertion-expired', [{ cause: 'clock-skew', confidence: 'possible' }]]);
  for (const help of ['`tokens`', '`keep-alive: true`', 'directly before'])
    expect(explanation).toContain(help);
  for (const other of ['although it had just been minted', 'quoted below', 'held the request back'])
    expect(explanation).not.toContain(other);
});

test("the action's own text of it is of an ID token that was new: clocks disagree", () => {
  const { sentence } = entryOf(700024);
  const { cause, explanation } = told({ error: `Error: AADSTS700024: ${sentence}` });
  expect([cause, explanation]).toEqual(['clock-skew', expect.stringContaining('clocks disagree')]);
  expect(explanation).not.toContain('`keep-alive: true`');
  const aged = told({ error: OUT_OF_TIME, context: { minutes_since_login: 0 } });
  expect(aged.explanation).toContain('although it had just been minted');
});

test.each([900144, 90014, 70003, 9002313, 7000216, 7000218])(
  'AADSTS%i is laid at the door of whoever asked',
  (code) => {
    const { cause, explanation } = told({ error: `AADSTS${code}: some text of Entra.` });
    expect([cause, explanation]).toEqual(['other', expect.stringContaining('program that asked')]);
    expect(explanation).not.toContain('inputs that were accepted');
    const { sentence, remedy } = entryOf(code);
    const own = told({ error: `AADSTS${code}: ${sentence}` }).explanation;
    expect(own).toContain(remedy);
  },
);

test("the action's own sentences are recognised, and nobody else's", () => {
  const filled = (code: number, value: string) =>
    fill(entryOf(code).sentence, { client: value, subject: value, tenant: value, issuer: value });
  expect(isOwnText(entryOf(700213), filled(700213, 'x'))).toBe(true);
  expect(isOwnText(entryOf(700213), "No matching record found for presented assertion subject 'x'.")).toBe(
    false,
  );
  const confused = AADSTS_CATALOGUE.filter((entry) =>
    AADSTS_CATALOGUE.some((other) => other !== entry && isOwnText(entry, other.sentence)),
  );
  expect(confused.map(({ code }) => code)).toEqual([]);
});

test('all other refusals are the same whoever met them', () => {
  expect(ofAnyClient(entryOf(700213))).toEqual(entryOf(700213));
});
