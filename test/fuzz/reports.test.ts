import { expect } from 'vitest';
import { parseCommandFile, parseCommands } from '../../src/emulator/runner/commands.ts';
import { commandFileEntries } from '../../src/io/command-file.ts';
import { Failure } from '../../src/report/failure.ts';
import { signedInLine, signedInMarkdown } from '../../src/report/signed-in.ts';
import { diagnosisText } from '../../src/report/text.ts';
import { annotations } from '../../src/validate/report/annotations.ts';
import { jsonReport } from '../../src/validate/report/json.ts';
import { sarifReport } from '../../src/validate/report/sarif.ts';
import { MISMATCH_RULE } from '../../src/validate/report/sarif-rules.ts';
import { terminalText } from '../../src/validate/report/terminal.ts';
import { isBroken } from '../../src/validate/report/verdict.ts';
import { fc } from '../harness/property.ts';
import { anyReport } from '../rules/validate/report/any-report.ts';
import { campaign } from './campaign.ts';
import { expectInertFailure, expectInertLog, expectInertMarkdown } from './inert.ts';
import { hostile } from './texts.ts';

const NAME = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);

campaign(
  'an entry of a command file holds what was written, and nothing is read as another',
  fc.uniqueArray(fc.record({ name: NAME, value: hostile }), { selector: ({ name }) => name, maxLength: 5 }),
  (entries) => {
    const read = parseCommandFile(commandFileEntries(entries));
    expect(Object.keys(read).sort()).toEqual(entries.map(({ name }) => name).sort());
    // The runner reads lines; how they end is not kept.
    for (const { name, value } of entries)
      expect(read[name]).toBe(`${value}\n`.split(/\r?\n/).slice(0, -1).join('\n'));
  },
);

const diagnosis = fc.record({
  code: fc.constant('entra-refused' as const),
  sentence: hostile.map((text) => `Entra said '${text}' of \`${text}\`.`),
  facts: fc.array(fc.record({ label: fc.constant('subject'), value: hostile }), { maxLength: 3 }),
  remedy: fc.array(
    hostile.map((text) => `Write ${text}.`),
    { maxLength: 3 },
  ),
  snippets: fc.array(
    fc.record({ title: fc.constant('Azure CLI'), language: fc.constant('bash' as const), text: hostile }),
    { maxLength: 2 },
  ),
});

campaign('no text in a diagnosis speaks to the runner or to the summary', diagnosis, (told) => {
  expectInertFailure(new Failure(told));
});

campaign('an error annotation is one command, whose message is the diagnosis', diagnosis, (told) => {
  const text = diagnosisText(new Failure(told).diagnosis);
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  expect(parseCommands(`::error title=x::${escaped}\n`)).toEqual([
    { name: 'error', properties: { title: 'x' }, message: text },
  ]);
});

const signIn = fc.record({
  clientId: hostile,
  tenantId: hostile,
  cloud: hostile,
  presented: fc.option(fc.record({ issuer: hostile, subject: hostile, audience: hostile, from: hostile })),
  machine: fc.option(
    fc.record({
      resourceId: fc.option(hostile),
      assigned: fc.constantFrom('system' as const, 'user' as const, null),
    }),
  ),
  proxy: fc.option(hostile),
  tokens: fc.array(fc.record({ name: hostile, scope: hostile, expiresOn: hostile }), { maxLength: 3 }),
});

campaign('no claim of a sign-in that succeeds speaks to the runner or to the summary', signIn, (report) => {
  const line = signedInLine(report);
  expectInertLog(line);
  expect(line).not.toContain('\n');
  expectInertMarkdown(signedInMarkdown(report));
});

campaign('no text of a report speaks in annotations or on a terminal', anyReport, (report) => {
  for (const { title, text } of annotations(report)) {
    expectInertLog(text);
    expectInertLog(title);
  }
  // A command may hold tabs.
  expectInertLog(terminalText(report, false).replaceAll('\t', ' '));
});

const read = (json: object) => JSON.parse(JSON.stringify(json));

campaign('JSON tells all of a report, and SARIF of each finding under its rule', anyReport, (drawn) => {
  // What was found twice is two alerts.
  const report = { ...drawn, findings: [...drawn.findings, ...drawn.findings] };
  expect({ ...read(jsonReport(report)), $schema: undefined }).toEqual(read(report));
  const [run] = read(sarifReport(report, '1.0.0')).runs as readonly [SarifRun];
  const { results, tool } = run;
  const told = results.map(({ ruleId, ruleIndex }) => `${ruleId} by ${tool.driver.rules[ruleIndex]?.id}`);
  const codes = [...(isBroken(report) ? [MISMATCH_RULE] : []), ...report.findings.map(({ code }) => code)];
  expect(told.sort()).toEqual(codes.map((code) => `${code} by ${code}`).sort());
  const prints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
  expect(new Set(prints).size).toBe(codes.length);
});

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly partialFingerprints: object;
  }[];
}
