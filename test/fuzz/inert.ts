import { expect } from 'vitest';
import { Failure } from '../../src/report/failure.ts';
import { diagnosisMarkdown } from '../../src/report/markdown.ts';
import { diagnosisText } from '../../src/report/text.ts';

/** What the work gives; a Failure is an answer like any other, and must not speak. Anything else that is thrown is a defect. */
export async function givenOrInertFailure<T>(work: () => T | Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expectInertFailure(error);
    return error;
  }
}

/** Neither in the log nor in the summary does a failure say anything to the runner or to Markdown. */
export function expectInertFailure({ diagnosis }: Failure): void {
  expectInertLog(diagnosisText(diagnosis));
  expectInertMarkdown(diagnosisMarkdown(diagnosis));
}

/** No line that the runner would take for a command, and no line more than ours. */
export function expectInertLog(text: string): void {
  expect(text).not.toMatch(/^\s*::|##\[/m);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}

/** Outside of fenced blocks nothing is markup but ours, no table has a cell too many, nothing is a link or a mention. */
export function expectInertMarkdown(markdown: string): void {
  const prose = withoutFences(markdown);
  expect(prose).not.toMatch(/<(?!\/?code>)|[@`\\~$]|\]\(|https?:\/\/|www\.|[[\]*]/);
  expect(prose.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  for (const table of prose.split(/\n\n+/).filter((part) => part.startsWith('|')))
    expect(new Set(table.split('\n').map((line) => line.split('|').length)).size).toBe(1);
  const others = prose.split('\n').filter((line) => !line.startsWith('|'));
  expect(others.filter((line) => line.includes('|') || /^(#(?!## [✅❌])|- |\d+\. )/u.test(line))).toEqual(
    [],
  );
}

function withoutFences(markdown: string): string {
  const prose = markdown.replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '');
  expect(prose).not.toMatch(/^\s{0,3}(```|~~~)/m);
  return prose;
}
