import { expect } from 'vitest';
import { type Claims, claimText, decodeClaims, presentedBy } from '../../src/trust/claims.ts';
import { CLOUDS } from '../../src/trust/clouds.ts';
import { customCloud } from '../../src/trust/custom-cloud.ts';
import { explain } from '../../src/trust/explain/explain.ts';
import { readExplainInput } from '../../src/trust/explain/input.ts';
import { GITHUB_ISSUER } from '../../src/trust/expression/rules.ts';
import { lint } from '../../src/trust/lint/lint.ts';
import { readLintFile } from '../../src/trust/lint/read.ts';
import { isMicrosoftResource } from '../../src/trust/microsoft-resource.ts';
import { meets, parseRequirement } from '../../src/trust/requirement.ts';
import { fc } from '../harness/property.ts';
import { unsignedToken } from '../harness/unsigned-token.ts';
import { campaign } from './campaign.ts';
import { expressionText, subjectText } from './grammar.ts';
import { anyJson, anyToken, hostile, recordOf } from './texts.ts';

const claim = fc.oneof(anyJson, hostile, fc.array(hostile, { maxLength: 2 }));
const claimed = fc.record(
  { iss: claim, sub: claim, aud: claim, exp: claim, toString: claim },
  { requiredKeys: [] },
);
const decodable = fc.oneof(claimed.map(unsignedToken), anyToken);

campaign('a token decodes to claims or to nothing, and its claims to texts', decodable, (jwt) => {
  const claims = decodeClaims(jwt);
  if (claims === null) return;
  expect(Object.prototype.toString.call(claims)).toBe('[object Object]');
  for (const value of Object.values(presentedBy(claims))) expect(typeof value).toBe('string');
  for (const name of ['exp', 'tid', 'sub', 'aud', '__proto__', 'toString', 'constructor']) {
    const own = Object.getOwnPropertyDescriptor(claims, name)?.value;
    const value = name === 'aud' && Array.isArray(own) && own.length === 1 ? own[0] : own;
    const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
    expect(claimText(claims, name)).toBe(isScalar ? `${value}` : null);
  }
});

campaign(
  'a requirement is met by what it names, its opposite by every other text, and neither by what is absent',
  fc.tuple(hostile, fc.oneof(anyJson, hostile)),
  ([line, presented]) => {
    const equal = parseRequirement(`sub=${line}`);
    const unequal = parseRequirement(`sub!=${line}`);
    const value = `sub=${line}`.trim().slice('sub='.length).trimStart();
    // A dot of a regular expression is no line end, and two equals signs are a slip.
    const isOne = value !== '' && !value.startsWith('=') && !/[\n\r\u2028\u2029]/.test(value);
    expect([equal?.value, unequal?.value]).toEqual(isOne ? [value, value] : [undefined, undefined]);
    if (equal === null || unequal === null) return;
    const met = (claims: Claims) => [meets(claims, equal), meets(claims, unequal)];
    expect(met({})).toEqual([false, false]);
    expect(met({ sub: value })).toEqual([true, false]);
    expect(met({ sub: `${value}x` })).toEqual([false, true]);
    const text = claimText({ sub: presented }, 'sub');
    expect(met({ sub: presented })).toEqual(
      text === null ? [false, false] : [text === value, text !== value],
    );
  },
);

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
      fc.oneof(
        fc.constantFrom(
          'https://management.local.example/x',
          'https://management.core.windows.net/',
          'https://cosmos.azure.com',
          'a',
        ),
        hostile.map((text) => `https://management.local.example/${text}`),
      ),
    ),
    identityProvider: fc.constantFrom('AAD', 'ADFS'),
  }),
});

campaign(
  'a custom cloud is never given what is meant for a known one, and brings no line into the files of az',
  fc.oneof(metadata, fc.array(metadata), anyJson),
  (json) => {
    const endpoint = new URL('https://management.local.example');
    const read = customCloud(json, endpoint);
    if (read.kind !== 'cloud') return;
    const { name: cloudName, authority, resources, custom } = read.cloud;
    expect(Object.keys(CLOUDS)).not.toContain(cloudName);
    expect(isMicrosoftResource(resources.arm ?? '', endpoint)).toBe(false);
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
  // What was read is of the types that it is said to be of.
  for (const text of Object.values(read.input.presented ?? {})) expect(text).toBeTypeOf('string');
  const { claims } = read.input;
  if (claims !== null) expect(Object.prototype.toString.call(claims)).toBe('[object Object]');
  const { cause, explanation } = explain(read.input);
  expect(cause).toMatch(/^[a-z-]+$/);
  expect(explanation).not.toBe('');
});

const credential = recordOf({
  name: hostile,
  issuer: fc.oneof(fc.constantFrom(GITHUB_ISSUER, ''), hostile),
  audiences: fc.array(hostile, { maxLength: 2 }),
  subject: fc.oneof(hostile, fc.constantFrom(null), subjectText),
  claimsMatchingExpression: fc.option(fc.record({ value: expressionText, languageVersion: fc.constant(1) })),
});
const role = recordOf({ roleDefinitionName: hostile, scope: hostile, principalId: hostile });

campaign(
  'a file to be linted is refused with the place, or all of it is judged in words',
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ credentials: fc.array(credential, { maxLength: 3 }) }) },
    fc.record({
      credentials: fc.array(credential, { maxLength: 2 }),
      roles: fc.array(role, { maxLength: 2 }),
    }),
    recordOf({ credentials: anyJson }),
    anyJson,
  ),
  (json) => {
    const read = readLintFile(json);
    if (!read.ok) return expect(read.problem).toMatch(/credentials|roles/);
    const { credentials } = json as { credentials: readonly { issuer: string }[] };
    expect(read.facts.credentials?.map(({ issuer }) => issuer)).toEqual(
      credentials.map(({ issuer }) => issuer),
    );
    expect(read.facts.credentials?.map(({ issuer }) => issuer)).not.toContain('');
    const { findings, undecided } = lint(read.facts);
    for (const { code, message, remedy } of findings) {
      expect(code).toMatch(/^[a-z-]+$/);
      expect([message, remedy]).not.toContain('');
    }
    expect(undecided.map(({ missing }) => missing)).not.toContain('');
  },
);
