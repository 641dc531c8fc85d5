import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { cloudTable } from './cloud-table.ts';
import { findingsDocument } from './findings.ts';
import { sessionTable } from './session-table.ts';
import { troubleshootingDocument } from './troubleshooting.ts';

interface Entry {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

const root = join(import.meta.dirname, '..');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Record<
  'inputs' | 'outputs',
  Record<string, Entry>
>;
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const cell = (text: string) => text.trim().replaceAll('|', '\\|').replace(/\s+/g, ' ');

function inputTable(): string {
  const rows = Object.entries(action.inputs).map(([name, { description, required, default: value }]) => {
    const standard = required ? 'required' : value ? `\`${value}\`` : '';
    return `| \`${name}\` | ${standard} | ${cell(description)} |`;
  });
  return ['| input | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function outputTable(): string {
  const rows = Object.entries(action.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ['| output | meaning |', '| --- | --- |', ...rows].join('\n');
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function fill(text: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`there is no place for ${name}`);
  return text.replace(pattern, (_, start: string, end: string) => `${start}${content}\n${end}`);
}

/** What each generated document ought to hold, given what it holds. */
const DOCUMENTS: Readonly<Record<string, (before: string) => string>> = {
  'README.md': (before) => fill(fill(before, 'inputs', inputTable()), 'outputs', outputTable()),
  'docs/clouds.md': (before) => fill(before, 'clouds', cloudTable()),
  'docs/findings.md': findingsDocument,
  'docs/troubleshooting.md': troubleshootingDocument,
  'docs/identity-sources.md': (before) => fill(before, 'sessions', sessionTable()),
};

for (const [name, generate] of Object.entries(DOCUMENTS)) {
  const path = join(root, name);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const after = generate(before);
  if (after === before) continue;
  if (!values.check) writeFileSync(path, after);
  else {
    process.stderr.write(`${name} does not agree with what it is made from: run npm run docs.\n`);
    process.exitCode = 1;
  }
}
