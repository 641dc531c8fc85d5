const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from outside for the log, on one line: control and invisible characters are made visible, and the runner finds
 * no command in it.
 */
export function plain(text: string): string {
  return undirected(visible(onOneLine(text)));
}

/**
 * A line in which what the runner would read as a command is broken up: `::name::` where a line begins with it,
 * `##[name]`, the old syntax, anywhere. Within a line `::` stays as it is: it stands in every ARN, and a command that is
 * printed must work.
 */
export function undirected(line: string): string {
  return line.replace(/^(\s*:)(?=:)/, '$1 ').replaceAll('##[', '## [');
}

/**
 * The lines of a text to copy. They stay as they are, tabs too, but for the invisible characters that would make one
 * command look like another.
 */
export function commandLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => visible(line, '\t'));
}

/** Text from outside as inline code of a job summary: every character that Markdown or HTML reads is an entity. */
export function code(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** Text in which nothing is left that Markdown, HTML or GitHub's automatic links and mentions could read. */
export function entities(text: string): string {
  return visible(onOneLine(text)).replace(
    /[^A-Za-z0-9 ,()'":./-]|:(?=\/)|(?<=www)\./giu,
    (char) => `&#${char.codePointAt(0)};`,
  );
}

/** A fenced block that the text cannot close: its fence is longer than any run of backticks inside. */
export function fenced(language: string, text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function onOneLine(text: string): string {
  return text.replace(/\r\n|\r|\n/g, ' ');
}

function visible(text: string, kept = ''): string {
  return text.replace(INVISIBLE, (char) =>
    kept.includes(char) ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}
