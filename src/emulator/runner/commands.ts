/** A workflow command as the runner reads it from standard output. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

// White space before it is none to the runner.
const COMMAND = /^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$/;

/** The workflow commands in a log, decoded as the runner does. */
export function parseCommands(stdout: string): Command[] {
  return stdout.split(/\r?\n/).flatMap((line) => {
    const [, name, properties = '', message = ''] = COMMAND.exec(line) ?? [];
    if (!name) return [];
    const pairs = properties.split(',').flatMap((pair) => {
      const [key, value] = pair.split('=', 2);
      return key && value !== undefined ? [[key, decode(value)] as const] : [];
    });
    return [{ name, properties: Object.fromEntries(pairs), message: decode(message) }];
  });
}

/** The lines of a log that are no commands: what a person reads. */
export function plainLines(stdout: string): string[] {
  return stdout.split(/\r?\n/).filter((line) => line !== '' && !COMMAND.test(line));
}

function decode(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

/** The entries of a command file (GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE); throws where the runner would. */
export function parseCommandFile(content: string): Record<string, string> {
  const lines = content.split(/\r?\n/);
  const entries: [string, string][] = [];
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const [, name, delimiter] = /^(.+?)<<(.+)$/.exec(line) ?? [];
    if (!name || !delimiter) throw new Error(`not an entry of a command file: ${line}`);
    const end = lines.indexOf(delimiter);
    if (end < 0) throw new Error(`the entry ${name} has no end`);
    entries.push([name, lines.splice(0, end).join('\n')]);
    lines.shift();
  }
  return Object.fromEntries(entries);
}
