import type { Rule } from '../src/trust/lint/rule.ts';
import { RULES } from '../src/trust/lint/rules.ts';
import { DRIFT } from '../src/validate/drift.ts';
import { PROBE_ACCEPTED } from '../src/validate/probe.ts';

const HEAD = `# Findings

What \`lint\` and \`mode: validate\` look for in a trust. Generated from the rules in \`src/trust/lint\` by
\`npm run docs\`; do not edit. Codes are stable. Where a finding has more than one severity, the section says
when it has which. A rule whose facts were not supplied is reported as not decided, with what is missing: never as passed.
`;

function overview(): string {
  const rows = RULES.map(
    ({ code, title, severities }) => `| [\`${code}\`](#${code}) | ${severities.join(', ')} | ${title} |`,
  );
  const others = OF_VALIDATION.map(
    ({ code, severity, title }) => `| [\`${code}\`](#${code}) | ${severity} | ${title} |`,
  );
  return ['| code | severity | what |', '| --- | --- | --- |', ...rows, ...others].join('\n');
}

function section({ code, title, severities, why, remedy, needs, source }: Rule): string {
  return [
    `## ${code}`,
    `**${title}.** Severity: ${severities.join(', ')}.`,
    why,
    `- Remedy: ${remedy}`,
    `- Looks at: ${needs.join('; ')}`,
    `- Source: ${source}`,
  ]
    .join('\n\n')
    .replaceAll('\n\n- Looks', '\n- Looks')
    .replaceAll('\n\n- Source', '\n- Source');
}

/** What a validation alone may find, beside the rules: with what raises it. */
const OF_VALIDATION = [
  { ...PROBE_ACCEPTED, raisedBy: '`probe: true`' },
  { ...DRIFT.missing, raisedBy: '`expected-credentials`' },
  { ...DRIFT.surplus, raisedBy: '`expected-credentials`' },
];

/** docs/findings.md, made from the rules and from what a validation alone may find. */
export function findingsDocument(): string {
  const others = OF_VALIDATION.map(({ code, severity, title, remedy, source, raisedBy }) =>
    [
      `## ${code}`,
      `**${title}.** Severity: ${severity}. Raised in \`mode: validate\` with ${raisedBy}.`,
      `- Remedy: ${remedy}\n- Source: ${source}`,
    ].join('\n\n'),
  );
  return `${[HEAD, overview(), '', [...RULES.map(section), ...others].join('\n\n')].join('\n')}\n`;
}
