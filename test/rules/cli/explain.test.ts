import { expect, test } from 'vitest';
import { explainCommand, explainText } from '../../../src/cli/explain.ts';

test('explain warns of a key that it does not know, and names those that it does', () => {
  const { warnings } = explainCommand({ error: 'AADSTS70025', eror: 'x' });
  const known = 'error, presented, claims, configured, context';
  expect(warnings).toEqual([`the key 'eror' is not known and not read; known: ${known}`]);
});

test.each([
  [{}],
  [{ eror: 'AADSTS70025' }],
  [{ error: ' ' }],
  [{ claims: {}, presented: {}, context: {}, configured: null }],
])('explain says of %j what is missing', (json) => {
  expect(explainCommand(json)).toMatchObject({
    status: 2,
    text: expect.stringMatching(
      `nothing to explain: give "error"[^;]*${'eror' in json ? "; the key 'eror' is not known" : '$'}`,
    ),
  });
});

test('explain says that its text is empty, and answers to any other', () => {
  expect(explainText(' \n')).toMatchObject({ status: 2, text: expect.stringContaining('is empty') });
  expect(explainText('what?')).toMatchObject({ status: 0, json: { cause: 'other' } });
  for (const json of [{ configured: [] }, { context: { fork: true } }, { claims: { sub: 'x' } }])
    expect(explainCommand(json).status).toBe(0);
});
