import { expect, test } from 'vitest';
import { annotations } from '../../../../src/validate/report/annotations.ts';
import { fc } from '../../../harness/property.ts';
import { anyReport } from './any-report.ts';
import { hugeReport } from './huge-report.ts';
import { FAIL, PASS, UNKNOWN } from './reports.ts';

test('a pass without findings says nothing', () => {
  expect(annotations(PASS)).toEqual([]);
});

test('a failure begins with the verdict, then the findings by severity', () => {
  expect(annotations(FAIL)).toEqual([
    {
      level: 'error',
      title: 'Entra Federate',
      text: [
        'subject-case: No credential trusts `repo:octo-org/octo-app:environment:production`.',
        'Nearest credential: production',
        'subject: only upper and lower case differ, character 36: `p` presented, `P` configured',
        '  presented   repo:octo-org/octo-app:environment:production',
        '  configured  repo:octo-org/octo-app:environment:Production',
      ].join('\n'),
    },
    {
      level: 'error',
      title: 'Entra Federate: pull-request-trusted',
      text: 'critical: Unreviewed code of a pull request gets this identity. (pull)\nTrust an environment with a protection rule instead.',
    },
    {
      level: 'notice',
      title: 'Entra Federate: credential-headroom',
      text: 'low: 16 of 20 credentials are used.\nRemove those that nothing uses.',
    },
  ]);
});

test('what is not known is an error too, and undecided rules a warning', () => {
  expect(annotations(UNKNOWN)).toEqual([
    {
      level: 'error',
      title: 'Entra Federate',
      text: 'not known: Whether Entra trusts this workflow could not be found out.',
    },
    {
      level: 'warning',
      title: 'Entra Federate',
      text: '1 rule could not be decided.\nenvironment-unprotected: not known: the protection rules of the environment',
    },
  ]);
});

test('at most 10 of a level, each within what the runner keeps', () => {
  const all = annotations(hugeReport('a', 10_000));
  for (const level of ['error', 'warning', 'notice']) {
    expect(all.filter((annotation) => annotation.level === level)).toHaveLength(10);
  }
  expect(Math.max(...all.map(({ text }) => text.length))).toBeLessThan(4_096);
  expect(all[0]?.text).toMatch(/^subject-case: /);
  expect(all[9]?.text).toBe('3992 more are in the job summary and the report.');
});

test('nothing from outside commands the runner', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      for (const { title, text } of annotations(report)) {
        expect(title).not.toMatch(/[\n\r]|^\s*::|##\[/);
        expect(text).not.toMatch(/^\s*::|##\[/m);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
    }),
  );
});
