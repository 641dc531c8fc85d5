import { expect, test } from 'vitest';
import { AGREES, causes, FORBIDDEN, OUT_OF_TIME, REFUSED, times } from './reports.ts';

test.each<[string, unknown, string]>([
  // Ages: what is a quarter of an hour old has reached every node.
  [
    'a credential of almost 15 minutes',
    { ...AGREES, error: REFUSED, context: { credential_age_seconds: 899 } },
    'propagation-delay (certain)',
  ],
  [
    'a credential of 15 minutes',
    { ...AGREES, error: REFUSED, context: { credential_age_seconds: 900 } },
    'propagation-delay (likely)',
  ],
  [
    'a role of almost 15 minutes',
    { error: FORBIDDEN, context: { role_assignment_age_seconds: 899 } },
    'propagation-delay (likely)',
  ],
  [
    'a role of 15 minutes',
    { error: FORBIDDEN, context: { role_assignment_age_seconds: 900 } },
    'no-role-assignment (likely)',
  ],
  [
    'no credential found, though one agrees and is new',
    {
      ...AGREES,
      error: 'AADSTS70025: The client has no configured federated identity credentials.',
      context: { credential_age_seconds: 60 },
    },
    'propagation-delay (certain)',
  ],
  [
    'a policy blocks, and the credential is new',
    { ...AGREES, error: 'AADSTS53003: blocked.', context: { credential_age_seconds: 60 } },
    'conditional-access (certain)',
  ],

  // Times: an ID token lives five minutes.
  [
    'out of its time, right after the sign-in',
    { error: OUT_OF_TIME, context: { minutes_since_login: 3 } },
    'clock-skew (likely)',
  ],
  [
    'out of its time, just before its end',
    { error: OUT_OF_TIME, context: { minutes_since_login: 4 } },
    'assertion-expired (likely)',
  ],
  [
    'out of its time, after its end',
    { error: OUT_OF_TIME, context: { minutes_since_login: 5 } },
    'assertion-expired (certain)',
  ],
  [
    'signed out, before its end',
    { error: 'ERROR: Please run az login', context: { minutes_since_login: 4 } },
    'other (possible)',
  ],
  [
    'signed out, at its end',
    { error: 'ERROR: Please run az login', context: { minutes_since_login: 5 } },
    'assertion-expired (likely)',
  ],
  [
    'an hour in, the trust is refused',
    { error: REFUSED, context: { minutes_since_login: 60 } },
    'subject-entity-type (likely)',
  ],
  [
    'after its end, by the clock of Entra',
    { error: times('2026-05-04T10:05:01.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (certain)',
  ],
  [
    'at its end',
    { error: times('2026-05-04T10:05:00.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (likely)',
  ],
  [
    'at its beginning',
    { error: times('2026-05-04T10:00:00.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'assertion-expired (likely)',
  ],
  [
    'before its beginning',
    { error: times('2026-05-04T09:59:59.1Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z') },
    'clock-skew (certain)',
  ],
  [
    'late by the clock, though the log speaks of NotBefore',
    { error: `${times('2026-05-04T10:09:00Z', '2026-05-04T10:00:00Z', '2026-05-04T10:05:00Z')} NotBefore` },
    'assertion-expired (certain)',
  ],
  [
    'only the beginning is quoted',
    { error: `${OUT_OF_TIME} assertion valid from 2026-05-04T10:00:00Z` },
    'assertion-expired (likely)',
  ],
])('%s', (_, json, first) => {
  expect(causes(json)[0]).toBe(first);
});
