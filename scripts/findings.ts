import type { Rule } from '../src/trust/lint/rule.ts';
import { RULES } from '../src/trust/lint/rules.ts';
import { PROBE_ACCEPTED } from '../src/validate/probe.ts';

const HEAD = `# Findings

What \`lint\` and \`mode: validate\` look for in a trust. Generated from the rules in \`src/trust/lint\` by
\`node scripts/findings.ts\`; do not edit. Codes are stable. Where a finding has more than one severity, the section says
when it has which. A rule whose facts were not supplied is reported as not decided, with what is missing: never as passed.
`;

function overview(): string {
  const rows = RULES.map(
    ({ code, title, severities }) => `| [\`${code}\`](#${code}) | ${severities.join(', ')} | ${title} |`,
  );
  const { code, severity, title } = PROBE_ACCEPTED;
  const probe = `| [\`${code}\`](#${code}) | ${severity} | ${title} |`;
  return ['| code | severity | what |', '| --- | --- | --- |', ...rows, probe].join('\n');
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

/** docs/findings.md, made from the rules and from what a probe may find. */
export function findingsDocument(): string {
  const { code, severity, title, remedy, source } = PROBE_ACCEPTED;
  const probe = [
    `## ${code}`,
    `**${title}.** Severity: ${severity}. Raised by \`probe: true\` alone.`,
    `- Remedy: ${remedy}\n- Source: ${source}`,
  ];
  return `${[HEAD, overview(), '', [...RULES.map(section), ...probe].join('\n\n')].join('\n')}\n`;
}
