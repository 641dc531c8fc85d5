import { quote } from '../fix.ts';

const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function units(char: string, write: (unit: string) => string): string {
  return Array.from({ length: char.length }, (_, index) =>
    write(char.charCodeAt(index).toString(16).padStart(4, '0')),
  ).join('');
}

/** One word of bash that stands for exactly this text; control characters are written out (`$'…'`). */
export function shellWord(text: string): string {
  if (!CONTROL.test(text)) return quote(text);
  const inner = text
    .replace(/[\\']/g, (char) => `\\${char}`)
    .replace(CONTROLS, (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
  return `$'${inner}'`;
}

/** JSON in which every control or invisible character is written out, so that it survives a terminal. */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(CONTROLS, (char) =>
    char === '\n' ? char : units(char, (unit) => `\\u${unit}`),
  );
}

/** A quoted string of HCL in which nothing is interpolated. Terraform: "Strings and templates". */
export function hcl(text: string): string {
  const inner = text
    .replace(/[\\"]/g, (char) => `\\${char}`)
    .replace(/([$%])\{/g, '$1$1{')
    .replace(CONTROLS, (char) =>
      char.length > 1
        ? `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`
        : units(char, (unit) => `\\u${unit}`),
    );
  return `"${inner}"`;
}

/** A string of Bicep in which nothing is interpolated. Bicep: "Data types", strings. */
export function bicep(text: string): string {
  const inner = text
    .replace(/[\\']/g, (char) => `\\${char}`)
    .replaceAll('${', '\\${')
    .replace(CONTROLS, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return `'${inner}'`;
}

const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const WORDS = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** A YAML scalar for a workflow: a string whatever it looks like, in which GitHub evaluates no `${{ }}`. */
export function yaml(text: string): string {
  const inert = text.replaceAll('${{', "${{ '${{' }}");
  return PLAIN.test(inert) && !WORDS.test(inert) ? inert : json(inert);
}
