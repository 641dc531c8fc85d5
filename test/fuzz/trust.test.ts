import { expect } from 'vitest';
import { claimText, decodeClaims, presentedBy } from '../../src/trust/claims.ts';
import { CLOUDS, isKnownResource } from '../../src/trust/clouds.ts';
import { customCloud } from '../../src/trust/custom-cloud.ts';
import { explain } from '../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../src/trust/explain/input.ts';
import { firstUnmet } from '../../src/trust/expression/evaluate.ts';
import { parseExpression } from '../../src/trust/expression/parse.ts';
import { expressionViolations, GITHUB_ISSUER } from '../../src/trust/expression/rules.ts';
import { readLintFile } from '../../src/trust/lint/read.ts';
import { meets, parseRequirement } from '../../src/trust/requirement.ts';
import { encodeValue, parseSubject } from '../../src/trust/subject/parse.ts';
import { predictSubject } from '../../src/trust/subject/predict.ts';
import { fc } from '../harness/property.ts';
import { campaign } from './campaign.ts';
import { anyJson, anyToken, hostile, recordOf } from './texts.ts';

campaign('a token decodes to claims or to nothing, and its claims to texts', anyToken, (token) => {
  const claims = decodeClaims(token);
  if (claims === null) return;
  expect(Object.prototype.toString.call(claims)).toBe('[object Object]');
  for (const value of Object.values(presentedBy(claims))) expect(typeof value).toBe('string');
  for (const name of ['exp', 'tid', 'aud', '__proto__', 'toString', 'constructor'])
    expect(['string', 'object']).toContain(typeof claimText(claims, name));
  expect(claimText(claims, 'toString') ?? '').not.toContain('native code');
});

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);

campaign(
  'the subject that is predicted says, taken apart, what it was predicted from',
  fc.record({ owner: name, repository: name, environment: hostile, id: fc.nat() }),
  ({ owner, repository, environment, id }) => {
    fc.pre(environment !== '' && !environment.includes('%3A'));
    const { subject, immutableSubject } = predictSubject({
      repository: `${owner}/${repository}`,
      ownerId: `${id}`,
      repositoryId: `${id + 1}`,
      eventName: 'push',
      ref: null,
      environment,
      template: null,
      claims: {},
    });
    for (const [text, ids] of [
      [subject, [null, null]],
      [immutableSubject, [`${id}`, `${id + 1}`]],
    ] as const) {
      const parsed = parseSubject(text ?? '');
      expect(text).toContain(encodeValue(environment));
      if (parsed.form === 'custom') throw new Error(`not of a known form: ${text}`);
      expect(parsed.context).toEqual({ kind: 'environment', environment });
      const { ownerId, repositoryId } = parsed.repository;
      expect([parsed.repository.owner, parsed.repository.name]).toEqual([owner, repository]);
      expect([ownerId, repositoryId]).toEqual(ids);
    }
  },
);

campaign('any text is a subject of some form', hostile, (text) => {
  for (const subject of [text, `repo:${text}`, `repo:o/r:${text}`, `repo:o@1/r@2:environment:${text}`])
    expect(['name-based', 'immutable', 'custom']).toContain(parseSubject(subject).form);
});

const piece = fc.constantFrom(
  ...["claims['sub']", "claims['", "']", "'", "''", ' and ', ' eq ', ' matches ', ' ', 'x', '*', '?'],
);
const expressionText = fc.oneof(
  hostile,
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
);

campaign(
  'any text is an expression, or no expression, at a place within it',
  fc.tuple(expressionText, hostile),
  ([text, claim]) => {
    const parsed = parseExpression(text);
    if (!parsed.ok) {
      expect(parsed.error.at).toBeGreaterThanOrEqual(0);
      expect(parsed.error.at).toBeLessThanOrEqual(text.length);
      return;
    }
    firstUnmet(parsed.terms, { sub: claim });
    expressionViolations(GITHUB_ISSUER, parsed.terms);
  },
);

campaign(
  'the time that an expression takes does not explode with its length',
  fc.tuple(expressionText, fc.integer({ min: 1, max: 2_000 }), piece),
  ([text, times, unit]) => {
    const long = `${text}${unit.repeat(times)}`;
    const started = performance.now();
    const parsed = parseExpression(`claims['sub'] matches '${long.replaceAll("'", "''")}'`);
    if (!parsed.ok) throw new Error(parsed.error.message);
    parseExpression(long);
    firstUnmet(parsed.terms, { sub: `${long}x`.slice(0, 2_000) });
    expect(performance.now() - started).toBeLessThan(1_000);
  },
);

campaign('a requirement is met or not, by any claims', fc.tuple(hostile, anyJson), ([line, value]) => {
  const requirement = parseRequirement(`sub=${line}`) ?? parseRequirement(line);
  if (requirement === null) return;
  expect(meets({}, requirement)).toBe(false);
  expect(typeof meets({ sub: value, [requirement.claim]: value }, requirement)).toBe('boolean');
});

const url = fc.constantFrom(
  'https://login.local.example/',
  'https://login.microsoftonline.com',
  'http://x',
  'https://u:p@h/',
);
const metadata = recordOf({
  name: fc.constantFrom('AzureStack', 'AzureCloud', 'a b'),
  resourceManager: fc.constant('https://management.local.example'),
  microsoftGraphResourceId: url,
  suffixes: recordOf({ keyVaultDns: fc.constant('vault.local.example'), storage: hostile }),
  authentication: recordOf({
    loginEndpoint: url,
    audiences: fc.array(
      fc.constantFrom('https://management.local.example/x', 'https://management.core.windows.net/', 'a'),
    ),
    identityProvider: fc.constantFrom('AAD', 'ADFS'),
  }),
});

campaign(
  'a custom cloud is never given what is meant for a known one, and brings no line into the files of az',
  fc.oneof(metadata, fc.array(metadata), anyJson),
  (json) => {
    const read = customCloud(json, new URL('https://management.local.example'));
    if (read.kind !== 'cloud') return;
    const { name: cloudName, authority, resources, custom } = read.cloud;
    expect(Object.keys(CLOUDS)).not.toContain(cloudName);
    expect(isKnownResource(resources.arm ?? '')).toBe(false);
    for (const text of [
      cloudName,
      authority,
      ...Object.values(resources),
      ...Object.values(custom?.suffixes ?? {}),
    ])
      expect(text).toMatch(/^[\x21-\x7e]+$/);
  },
);

const explained = recordOf({
  error: hostile,
  presented: recordOf({ issuer: hostile, subject: hostile, audience: hostile }),
  claims: recordOf({ iss: hostile, sub: hostile, aud: hostile }),
  configured: fc.array(
    recordOf({ name: hostile, issuer: hostile, audiences: fc.array(hostile), subject: hostile }),
  ),
  context: recordOf({ event_name: hostile, ref: hostile, environment: hostile, actor: hostile }),
});

campaign('whatever can be read is explained, by one cause at least', fc.oneof(explained, anyJson), (json) => {
  const read = readExplainInput(json);
  if (!read.ok) return;
  const { cause, explanation } = explain(read.input);
  expect(cause).toMatch(/^[a-z-]+$/);
  expect(explanation).not.toBe('');
});

campaign(
  'a file to be linted is read or refused',
  fc.oneof(recordOf({ credentials: anyJson }), anyJson),
  (json) => {
    expect(readLintFile(json)).toBeTypeOf('object');
  },
);
