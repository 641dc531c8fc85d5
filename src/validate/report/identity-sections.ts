import type { IdentityReport, MigrationReport, ProbeReport, Report } from '../model.ts';
import { type Block, list, notKnown, type Section, type Tone, text } from './blocks.ts';
import { chainOf } from './chain.ts';

const STEPS_ROOM = 20_000;
const PROBES_ROOM = 45_000;
const ROLES_ROOM = 55_000;
const SUBJECTS_ROOM = 60_000;

const EMITTED: Readonly<Record<MigrationReport['emits'], string>> = {
  'name-based': 'This repository presents name-based subjects.',
  immutable: 'This repository presents immutable subjects.',
  custom: 'This repository presents subjects of a customised template.',
  unknown: 'Which form of subject this repository presents is not known.',
};

/** Where the repository stands on the way to immutable subjects. */
export function migrationSection({ migration }: Report): Section {
  const title = 'Immutable subjects';
  if (migration === null) return { title, folded: false, blocks: [] };
  const { emits, steps, breaks } = migration;
  const settled = emits !== 'unknown';
  const todo = steps.length > 0 ? [text('What to do, in this order:'), list(steps, STEPS_ROOM, true)] : [];
  const nothing = steps.length === 0 && settled ? [text('Nothing is left to do.')] : [];
  const harm =
    breaks.length > 0
      ? [text('What would break if the switch were thrown today:'), list(breaks, STEPS_ROOM)]
      : [];
  return {
    title,
    folded: false,
    blocks: [text(EMITTED[emits]), ...subjectsTable(migration), ...todo, ...nothing, ...harm],
  };
}

function subjectsTable({ nameBased, immutable }: MigrationReport): Block[] {
  const forms = [
    { form: 'name-based', of: nameBased },
    { form: 'immutable', of: immutable },
  ];
  const rows = forms.flatMap(({ form, of }) => {
    if (of === null) return [];
    const trusted = of.credentials.length === 0 ? 'none' : of.credentials.join(', ');
    return [{ cells: [form, of.subject, trusted], tone: 'plain' as const }];
  });
  const columns = [
    { title: 'Form', style: 'prose', head: true },
    { title: 'Subject', style: 'code', head: false },
    { title: 'Credentials', style: 'code', head: false },
  ] as const;
  return rows.length === 0 ? [] : [{ kind: 'table', columns, rows, room: SUBJECTS_ROOM }];
}

const PROBED: Readonly<Record<ProbeReport['result'], { readonly words: string; readonly tone: Tone }>> = {
  passed: { words: 'refused, as it must be', tone: 'good' },
  accepted: { words: 'accepted, though it must be refused', tone: 'bad' },
  unknown: { words: 'not known', tone: 'doubtful' },
};

/** What became of the tokens that must be refused. */
export function probesSection({ probes }: Report): Section {
  const title = 'Probes';
  if (probes.length === 0) return { title, folded: false, blocks: [] };
  const columns = [
    { title: 'Audience', style: 'code', head: true },
    { title: 'Result', style: 'prose', head: false },
    { title: 'Detail', style: 'prose', head: false },
  ] as const;
  const rows = probes.map(({ audience, result, detail }) => ({
    cells: [audience, PROBED[result].words, detail],
    tone: PROBED[result].tone,
  }));
  return { title, folded: false, blocks: [{ kind: 'table', columns, rows, room: PROBES_ROOM }] };
}

/** The identity that is to be trusted. */
export function identitySection(report: Report): Section {
  const { clientId, tenantId, cloud, identity } = report;
  const own = [
    { label: 'Client', value: clientId },
    { label: 'Tenant', value: `${tenantId} (${cloud})` },
  ];
  const more = identity.known
    ? identityFacts(identity.value)
    : [{ label: 'Identity', value: notKnown(identity.missing) }];
  return { title: 'Identity', folded: false, blocks: [{ kind: 'facts', facts: [...own, ...more] }] };
}

function identityFacts({ kind, displayName, objectId, principalId, enabled }: IdentityReport) {
  const application = kind === 'application';
  const state = enabled ? 'yes' : 'no';
  return [
    { label: 'Name', value: displayName },
    { label: 'Kind', value: application ? 'application' : 'managed identity' },
    { label: application ? 'Object id' : 'Resource id', value: objectId },
    { label: 'Service principal', value: principalId ?? 'none' },
    { label: 'Enabled', value: enabled === null ? 'not known' : state },
  ];
}

/** What the identity may do. */
export function rolesSection({ roles, identity }: Report): Section {
  const title = 'Roles';
  if (!roles.known) return { title, folded: false, blocks: [text(`Roles: ${notKnown(roles.missing)}`)] };
  if (roles.value.length === 0) {
    const none =
      identity.known && identity.value.principalId === null
        ? 'Without a service principal this identity has no role.'
        : 'No role reaches this identity in the subscriptions that were read.';
    return { title, folded: false, blocks: [text(none)] };
  }
  const columns = [
    { title: 'Role', style: 'code', head: true },
    { title: 'Scope', style: 'code', head: false },
    { title: 'Through', style: 'code', head: false },
    { title: 'Condition', style: 'code', head: false },
  ] as const;
  const rows = roles.value.map(({ roleName, roleDefinitionId, scope, through, condition }) => ({
    cells: [roleName ?? roleDefinitionId, scope, through ?? '', condition ?? ''],
    tone: 'plain' as const,
  }));
  return { title, folded: false, blocks: [{ kind: 'table', columns, rows, room: ROLES_ROOM }] };
}

/** The way from the workflow to the roles, drawn and in words. */
export function chainSection(report: Report): Section {
  return { title: 'The chain', folded: false, blocks: [{ kind: 'chain', nodes: chainOf(report) }] };
}
