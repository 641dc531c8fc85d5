import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import type { JsonReader } from '../../../src/rest/json.ts';
import { type ArmReading, readEveryRole } from '../../../src/validate/observe/roles.ts';

const ENDPOINT = 'https://management.azure.com';
const UNSEEN = 'roles in subscriptions that the reading identity does not see';
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A Resource Manager with these subscriptions; those in `refused` do not show their roles. */
function reading(subscriptions: readonly string[] | null, refused: readonly string[] = []) {
  const asked: string[] = [];
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const subscription = request.url.split('/')[4] ?? '';
      if (request.url.includes('/roleAssignments')) asked.push(subscription);
      const status = refused.includes(subscription) ? 403 : 200;
      const id = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments/r`;
      const bodyAsText = JSON.stringify({ value: [{ id, properties: { scope: '/' } }] });
      const headers = createHttpHeaders({ 'content-type': 'application/json' });
      return { request, status, headers, bodyAsText };
    },
  };
  const items = (subscriptions ?? []).map((subscriptionId) => ({ subscriptionId }));
  const answer = { status: subscriptions === null ? 503 : 200, json: null, failure: null };
  const reader: JsonReader = { get: async () => answer, list: async () => ({ ...answer, items }) };
  const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: 4e12 }) };
  const access = { credential, endpoint: ENDPOINT, scope: `${ENDPOINT}/.default`, httpClient };
  return { reading: { access, reader } satisfies ArmReading, asked };
}

const [FIRST, SECOND, THIRD] = [idOf(1), idOf(2), idOf(3)];

test('the subscription that is named is read patiently, and the others briefly', async () => {
  const patiently = reading(null);
  const briefly = reading([FIRST, SECOND]);
  const read = await readEveryRole(patiently.reading, briefly.reading, 'oid', SECOND.toUpperCase());
  expect(read).toMatchObject({ known: true, value: { unread: UNSEEN, lost: null } });
  expect(new Set(patiently.asked)).toEqual(new Set([SECOND]));
  expect(new Set(briefly.asked)).toEqual(new Set([FIRST]));
});

test('where none is named, all are read patiently', async () => {
  const patiently = reading([FIRST, SECOND]);
  const briefly = reading(null);
  await readEveryRole(patiently.reading, briefly.reading, 'oid', null);
  expect(new Set(patiently.asked)).toEqual(new Set([FIRST, SECOND]));
  expect(briefly.asked).toEqual([]);
});

test.each([
  ['one that refuses', reading([FIRST, SECOND], [SECOND]), /^roles in 1 subscription .* \(Microsoft\.Auth/],
  ['two that refuse', reading([FIRST, SECOND, THIRD], [SECOND, THIRD]), /^roles in 2 subscriptions /],
  [
    'that they cannot be listed',
    reading(null),
    /^roles in other subscriptions \(Resource Manager answered 503/,
  ],
  [
    'more than are read',
    reading(Array.from({ length: 103 }, (_, index) => idOf(index + 1))),
    /^roles in 3 subscriptions that it sees \(no more than 100 are read\)$/,
  ],
])('what is lost is told with its reason: %s', async (_, { reading: briefly }, lost) => {
  const read = await readEveryRole(reading([]).reading, briefly, 'oid', FIRST);
  expect(read).toMatchObject({ known: true, value: { lost: expect.stringMatching(lost) } });
  expect(read.known && read.value.unread).toContain(read.known ? (read.value.lost ?? '-') : '-');
});

test('the subscription that is named must be readable', async () => {
  const refused = reading([], [FIRST]).reading;
  expect(await readEveryRole(refused, reading([FIRST, SECOND]).reading, 'oid', FIRST)).toMatchObject({
    known: false,
    missing: expect.stringContaining('Microsoft.Authorization/roleAssignments/read'),
  });
});
