import { expect, test } from 'vitest';
import { readTokenAnswer } from '../../../src/login/token-answer.ts';
import { fc } from '../../harness/property.ts';

const read = (body: unknown, status = 400) =>
  readTokenAnswer({ status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('reads a token, its lifetime as number or text', () => {
  for (const expires_in of [3599, '3599']) {
    expect(read({ access_token: 'a.b.c', expires_in }, 200)).toEqual({
      kind: 'token',
      accessToken: 'a.b.c',
      expiresInS: 3599,
    });
  }
});

test.each([
  '',
  '[]',
  'null',
  '{}',
  '<html>',
  '{"access_token":"a"}',
  '{"access_token":"","expires_in":1}',
  '{"access_token":"a","expires_in":-1}',
])('holds %j to be unusable, whatever the status', (body) => {
  for (const status of [200, 400, 503]) expect(read(body, status).kind).toBe('unusable');
});

test('does not take a token from a refusal', () => {
  expect(read({ access_token: 'a', expires_in: 1, error: 'invalid_client' }, 200).kind).toBe('refusal');
  expect(read({ access_token: 'a', expires_in: 1 }, 400).kind).toBe('unusable');
});

test('reads the codes, or finds the one in the text', () => {
  const codes = (body: object) => {
    const answer = read({ error: 'invalid_client', ...body });
    return answer.kind === 'refusal' ? answer.refusal.codes : [];
  };
  expect(codes({ error_codes: [700213, 70021] })).toEqual([700213, 70021]);
  expect(codes({ error_description: 'AADSTS700016: x', error_codes: ['x'] })).toEqual([700016]);
  expect(codes({})).toEqual([]);
});

test('parts the text from its ids in the older and in the newer form', () => {
  for (const gap of ['\r\n', ' ']) {
    const answer = read({
      error: 'e',
      error_description: `AADSTS1: a b.${gap}Trace ID: t${gap}Correlation ID: c`,
    });
    expect(answer.kind === 'refusal' && answer.refusal.text).toBe('AADSTS1: a b.');
  }
});

test('never throws, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json()),
      fc.nat(599),
      (body, status) => read(body, status).kind !== undefined,
    ),
  );
});
