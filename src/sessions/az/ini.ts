/** A text of Python's configparser with one option set; what else it holds stays as it is. */
export function withOption(ini: string, section: string, name: string, value: string): string {
  const option = `${name} = ${value}`;
  const old = new RegExp(`^\\s*${name}\\s*[=:]`, 'i');
  let inside = false;
  let set = false;
  const lines = linesOf(ini).flatMap((line) => {
    const header = sectionIn(line)?.toLowerCase();
    inside = header === undefined ? inside : header === section;
    if (header === section && !set) {
      set = true;
      return [line, option];
    }
    return inside && old.test(line) ? [] : [line];
  });
  return `${(set ? lines : [`[${section}]`, option, ...lines]).join('\n').trimEnd()}\n`;
}

/** The same text without a section; the empty text where nothing is left. */
export function withoutSection(ini: string, name: string): string {
  let inside = false;
  const kept = linesOf(ini).filter((line) => {
    const header = sectionIn(line);
    inside = header === undefined ? inside : header === name;
    return !inside;
  });
  const text = kept.join('\n').trim();
  return text === '' ? '' : `${text}\n`;
}

function linesOf(ini: string): string[] {
  // As Python reads lines.
  return ini.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
}

function sectionIn(line: string): string | undefined {
  return /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim();
}
