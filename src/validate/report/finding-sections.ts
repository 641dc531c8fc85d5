import { type Finding, SEVERITIES, type Severity } from '../../trust/finding.ts';
import type { Fixes } from '../../trust/fixes/target.ts';
import type { Report } from '../model.ts';
import { bySeverity } from '../severity.ts';
import { type Block, type Code, notKnown, type Section, type Tone, text } from './blocks.ts';

const FINDINGS_ROOM = 200_000;
const UNDECIDED_ROOM = 40_000;

const TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'doubtful',
  low: 'plain',
  info: 'plain',
};

/** What is dangerous or wrong, the worst first, with how many there are of each severity. */
export function findingsSection({ findings, undecided }: Report): Section {
  const title = 'Findings';
  if (findings.length === 0) {
    const none =
      undecided.length === 0
        ? 'No findings.'
        : `No findings, but ${undecided.length} ${undecided.length === 1 ? 'rule' : 'rules'} could not be decided.`;
    return { title, folded: false, blocks: [text(none)] };
  }
  const columns = [
    { title: 'Severity', style: 'prose', head: true },
    { title: 'Code', style: 'code', head: true },
    { title: 'Credential', style: 'code', head: true },
    { title: 'What', style: 'prose', head: false },
    { title: 'Seen', style: 'code', head: false },
    { title: 'Remedy', style: 'prose', head: false },
  ] as const;
  const rows = bySeverity(findings).map(({ severity, code, credential, message, evidence, remedy }) => ({
    cells: [severity, code, credential ?? '', message, evidence, remedy],
    tone: TONES[severity],
  }));
  const table: Block = { kind: 'table', columns, rows, room: FINDINGS_ROOM };
  return { title, folded: false, blocks: [text(`${countText(findings)}.`), table] };
}

/** How many findings there are of each severity, the worst first. */
function countText(findings: readonly Finding[]): string {
  return SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');
}

/** The rules that could not be decided, gathered under what each would need. */
export function undecidedSection({ undecided }: Report): Section {
  const title = `Not decided (${undecided.length})`;
  if (undecided.length === 0) return { title, folded: false, blocks: [] };
  const columns = [
    { title: 'Result', style: 'prose', head: true },
    { title: 'Rules', style: 'code', head: false },
  ] as const;
  const byNeed = Map.groupBy(undecided, ({ missing }) => missing);
  const rows = [...byNeed].map(([missing, rules]) => ({
    cells: [notKnown(missing), rules.map(({ code }) => code).join(', ')],
    tone: 'doubtful' as const,
  }));
  return { title, folded: false, blocks: [{ kind: 'table', columns, rows, room: UNDECIDED_ROOM }] };
}

const TOOLS: readonly { readonly tool: keyof Fixes; readonly title: string; readonly language: string }[] = [
  { tool: 'az', title: 'Azure CLI', language: 'bash' },
  { tool: 'graph', title: 'Microsoft Graph or Resource Manager request', language: 'http' },
  { tool: 'terraform', title: 'Terraform', language: 'hcl' },
  { tool: 'bicep', title: 'Bicep', language: 'bicep' },
  { tool: 'github', title: 'GitHub', language: 'text' },
  { tool: 'workflow', title: 'Workflow', language: 'yaml' },
];

/** The texts that mend the cause, ready to copy. */
export function fixSection({ fix }: Report): Section {
  const blocks = TOOLS.flatMap(({ tool, title, language }): Code[] => {
    const words = fix[tool];
    return words === undefined ? [] : [{ kind: 'code', title, language, text: words }];
  });
  return { title: 'The fix', folded: false, blocks };
}
