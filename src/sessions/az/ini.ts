/** What an option of a text of Python's configparser says; null where it is not there. */
export function optionIn(ini: string, section: string, name: string): string | null {
  const line = linesOf(ini).find((one) => isOption(one, section, name));
  return line ? line.text.replace(/^[^=:]*[=:]/, '').trim() : null;
}

/** A text of Python's configparser with one option set; what else it holds stays as it is. */
export function withOption(ini: string, section: string, name: string, value: string): string {
  const option = `${name} = ${value}`;
  const lines = linesOf(ini).filter((line) => !isOption(line, section, name));
  const header = lines.findIndex((line) => line.isHeader && line.section === section);
  const texts = lines.map(({ text }) => text);
  const whole = header === -1 ? [`[${section}]`, option, ...texts] : texts.toSpliced(header + 1, 0, option);
  return `${whole.join('\n').trimEnd()}\n`;
}

/** The same text without an option; the empty text where nothing is left. */
export function withoutOption(ini: string, section: string, name: string): string {
  return textOf(linesOf(ini).filter((line) => !isOption(line, section, name)));
}

/** The same text without a section; the empty text where nothing is left. */
export function withoutSection(ini: string, name: string): string {
  return textOf(linesOf(ini).filter(({ section }) => section !== name));
}

interface Line {
  readonly text: string;
  /** The section that it opens or stands in: names are the same in the same case only. Null before the first. */
  readonly section: string | null;
  readonly isHeader: boolean;
}

function linesOf(ini: string): Line[] {
  let section: string | null = null;
  // As Python reads lines.
  const texts = ini.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  return texts.map((text) => {
    const header = /^\s*\[([^\]]+)\]/.exec(text)?.[1];
    section = header ?? section;
    return { text, section, isHeader: header !== undefined };
  });
}

// The names of options, unlike those of sections, are the same in any case.
function isOption({ text, section, isHeader }: Line, wanted: string, name: string): boolean {
  return !isHeader && section === wanted && new RegExp(`^\\s*${name}\\s*[=:]`, 'i').test(text);
}

function textOf(lines: readonly Line[]): string {
  const text = lines
    .map((line) => line.text)
    .join('\n')
    .trim();
  return text === '' ? '' : `${text}\n`;
}
