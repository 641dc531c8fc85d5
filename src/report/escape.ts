const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from outside for the log, on one line: control and invisible characters are made visible, and what the
 * runner would read as a command is broken up: `::name::` where a line begins with it, `##[name]`, the old syntax,
 * anywhere. Within a line `::` stays as it is: it stands in every ARN, and a command that is printed must work.
 */
export function plain(text: string): string {
  return visible(text)
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replace(/##\[/g, '## [');
}

/** Text from outside as inline code of a job summary: every character that Markdown or HTML reads is an entity. */
export function code(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** Text in which nothing is left that Markdown, HTML or GitHub's automatic links and mentions could read. */
export function entities(text: string): string {
  return visible(text).replace(
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

function visible(text: string): string {
  return text.replace(/\r\n|\r|\n/g, ' ').replace(CONTROL, (char) => {
    const point = char.codePointAt(0) ?? 0;
    return `\\u{${point.toString(16)}}`;
  });
}
