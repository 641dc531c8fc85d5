import type { Credential } from '../../../../src/trust/credential.ts';
import { SEVERITIES } from '../../../../src/trust/finding.ts';
import { known, type Report, unknown } from '../../../../src/validate/model.ts';
import { fc } from '../../../harness/property.ts';
import { against, ISSUER } from './reports.ts';

/** Text from someone who wants more of a report than to be shown in it. */
const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['\n', '\r\n', '`', '```', '|', '<', '>', '"', ']', '[', '(', ')', '#', '&', ';', ':', '\\', '@'],
        ...['::error::x', '##[add-mask]', '</details>', '</code>', '<script>', '](https://evil.example)'],
        ...['"]\nend', ' end ', 'subgraph', '%%{init}%%', 'www.evil.example', '~~~', '$$', '# ', '- '],
        ...['\u202e', '\u0000', '\u001b[31m', '\u2028', '\u200b', '\ud800', '\u{e0041}', '日', '😀'],
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const code = hostile.map((text) => `x${text}`);
const texts = fc.array(hostile, { maxLength: 3 });
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const credential: fc.Arbitrary<Credential> = fc.record({
  name: hostile,
  issuer: fc.oneof(fc.constant(ISSUER), hostile),
  audiences: texts,
  subject: perhaps(hostile),
  claimsMatchingExpression: perhaps(
    fc.record({
      value: fc.oneof(
        hostile,
        fc.constant("claims['sub'] matches 'repo:x/*' and claims['repository_id'] eq '1'"),
      ),
      languageVersion: fc.constant(1),
    }),
  ),
});

const knownOr = <T>(value: fc.Arbitrary<T>) => fc.oneof(value.map(known), hostile.map(unknown));
const form = perhaps(fc.record({ subject: hostile, credentials: texts }));

/** Reports of every shape, with hostile text wherever there is text. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    report: fc.record({
      version: fc.constant(1 as const),
      result: fc.constantFrom('pass', 'fail', 'unknown'),
      cause: perhaps(fc.constantFrom('audience', 'other')),
      confidence: perhaps(fc.constantFrom('certain', 'likely', 'possible')),
      verdict: hostile,
      explanation: perhaps(hostile),
      fix: fc.record(
        {
          az: hostile,
          graph: hostile,
          terraform: hostile,
          bicep: hostile,
          github: hostile,
          workflow: hostile,
        },
        { requiredKeys: [] },
      ),
      tenantId: hostile,
      clientId: hostile,
      cloud: hostile,
      presentedFrom: fc.constantFrom('token', 'prediction'),
      why: texts,
      exchange: fc.oneof(
        fc.record({ outcome: fc.constant('accepted' as const) }),
        fc.record({
          outcome: fc.constant('refused' as const),
          codes: fc.array(fc.nat(), { maxLength: 2 }),
          text: hostile,
          correlationId: hostile,
        }),
        fc.record({ outcome: fc.constant('not-tried' as const), reason: hostile }),
      ),
      identity: knownOr(
        fc.record({
          clientId: hostile,
          kind: fc.constantFrom('application', 'managed-identity'),
          displayName: hostile,
          principalId: perhaps(hostile),
          enabled: perhaps(fc.boolean()),
          objectId: hostile,
        }),
      ),
      credentialsFrom: fc.constantFrom('directory', 'file', 'none'),
      roles: knownOr(
        fc.array(
          fc.record({
            roleName: perhaps(hostile),
            roleDefinitionId: hostile,
            scope: hostile,
            condition: perhaps(hostile),
            through: perhaps(hostile),
          }),
          { maxLength: 5 },
        ),
      ),
      findings: fc.array(
        fc.record(
          {
            code,
            severity: fc.constantFrom(...SEVERITIES),
            credential: hostile,
            principal: hostile,
            message: hostile,
            evidence: hostile,
            remedy: hostile,
            source: hostile,
          },
          { requiredKeys: ['code', 'severity', 'message', 'evidence', 'remedy', 'source'] },
        ),
        { maxLength: 4 },
      ),
      undecided: fc.array(fc.record({ code, missing: hostile }), { maxLength: 2 }),
      migration: perhaps(
        fc.record({
          emits: fc.constantFrom('name-based', 'immutable', 'custom', 'unknown'),
          nameBased: form,
          immutable: form,
          steps: texts,
          breaks: texts,
        }),
      ),
      probes: fc.array(
        fc.record({
          audience: hostile,
          result: fc.constantFrom('passed', 'accepted', 'unknown'),
          detail: hostile,
        }),
        { maxLength: 2 },
      ),
    }),
    subject: hostile,
    configured: knownOr(fc.array(credential, { maxLength: 4 })),
  })
  .map(({ report, subject, configured }) =>
    configured.known
      ? { ...report, ...against(configured.value, subject) }
      : { ...report, ...against([], subject), credentials: configured },
  );
