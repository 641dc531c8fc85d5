import { styleText } from 'node:util';
import type { StepResult } from '../runner/job.ts';
import { renderMarkdown } from './markdown.ts';

/** Tells the demo to a person in front of a terminal. */
export interface Stage {
  title(text: string): void;
  /** A part of the story, with the YAML or facts that it starts from. */
  chapter(text: string, lines: readonly string[]): void;
  /** The log of a step as the runner shows it: mask commands take effect unseen, an error stands out. */
  step(result: StepResult, detail?: 'first line of errors'): void;
  values(heading: string, values: Readonly<Record<string, string>>): void;
  /** A job summary, up to the section of that title. */
  summary(markdown: string, upTo?: string): void;
}

const SHOWN = ['error', 'warning', 'notice'];

type Style = Parameters<typeof styleText>[0];

/** A stage that writes lines, in colour or not. */
export function createStage(colour: boolean, print: (line: string) => void): Stage {
  // The caller has looked at the terminal and NO_COLOR already.
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const block = (heading: string, lines: readonly string[]) => {
    print(paint('dim', `── ${heading}`));
    for (const line of lines) print(`   ${line}`);
    print('');
  };
  return {
    title: (text) => print(`\n${paint('bold', text)}\n`),
    chapter(text, lines) {
      print(`${paint(['bold', 'cyan'], text)}\n`);
      block('Given', lines);
    },
    step({ log, commands, code }, detail) {
      const shown = commands.filter(({ name }) => SHOWN.includes(name));
      const lines = shown.flatMap(({ name, message }) => {
        const [first = '', ...rest] = `${name}: ${message}`.split('\n');
        const more = detail
          ? [paint('dim', `(${rest.length} more lines: the same as in the summary)`)]
          : rest;
        return [name === 'error' ? paint('red', first) : first, ...(rest.length > 0 ? more : [])];
      });
      block(`Log (exit status ${code})`, [...log, ...lines]);
    },
    values(heading, values) {
      const width = Math.max(0, ...Object.keys(values).map((name) => name.length));
      block(
        heading,
        Object.entries(values).map(([name, value]) => `${name.padEnd(width)}  ${shorten(value)}`),
      );
    },
    summary(markdown, upTo) {
      const end = upTo === undefined ? -1 : markdown.indexOf(`#### ${upTo}`);
      const shown = end < 0 ? markdown : `${markdown.slice(0, end)}…`;
      block(
        'Job summary',
        renderMarkdown(shown, (text) => paint('bold', text)),
      );
    },
  };
}

// Only the demo shows anything of a token at all, and these are worth nothing.
function shorten(value: string): string {
  return value.replace(/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, 'eyJ…');
}
