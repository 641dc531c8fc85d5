import type { ExchangeOutcome, Report } from '../model.ts';
import { type Block, list, notKnown, type Section, text } from './blocks.ts';
import { type Candidate, candidates, compared, disagreement } from './nearest.ts';

const WHY_ROOM = 20_000;
const OTHERS_ROOM = 120_000;

/** What the run presents beside the nearest credential, and what Entra said to it. */
export function comparisonSection(report: Report): Section {
  const { nearest } = candidates(report);
  const presentedTitle = report.presentedFrom === 'token' ? 'Presented' : 'Predicted';
  const comparison: Block = {
    kind: 'comparison',
    presentedTitle,
    name: nearest?.name ?? null,
    absent: absentText(report),
    rows: compared(report, nearest),
  };
  const why = report.why.length === 0 ? [] : [text('Why this subject:'), list(report.why, WHY_ROOM)];
  return {
    title: `${presentedTitle} and configured`,
    folded: false,
    blocks: [text(matchText(report, nearest)), comparison, text(exchangeText(report.exchange)), ...why],
  };
}

function absentText({ credentials }: Report): string {
  if (!credentials.known) return notKnown(credentials.missing);
  return credentials.value.length === 0 ? 'no credential' : 'not compared';
}

const ORIGINS: Readonly<Record<Report['credentialsFrom'], string>> = {
  directory: ' in the directory',
  file: ' in the file of expected credentials',
  none: '',
};

function matchText(report: Report, nearest: Candidate | null): string {
  const { matched, credentials, credentialsFrom, matches } = report;
  const where = ORIGINS[credentialsFrom];
  if (matched !== null) return `The credential \`${matched}\`${where} matches.`;
  if (nearest !== null) {
    return matches.length === 1
      ? `The one credential${where}, \`${nearest.name}\`, does not match.`
      : `None of ${matches.length} credentials${where} matches; the nearest is \`${nearest.name}\`.`;
  }
  if (!credentials.known) return `Which credentials are configured is ${notKnown(credentials.missing)}`;
  return credentials.value.length === 0
    ? `No credential is configured${where}.`
    : 'Whether a credential matches is not known: they were not compared.';
}

function exchangeText(exchange: ExchangeOutcome): string {
  if (exchange.outcome === 'accepted') return 'Entra accepted the token.';
  if (exchange.outcome === 'not-tried') {
    return `Whether Entra accepts the token is ${notKnown(exchange.reason)}`;
  }
  // Entra's text begins with the first code by itself.
  const codes = exchange.codes.filter((code) => !exchange.text.includes(`AADSTS${code}`));
  const answer = [...codes.map((code) => `\`AADSTS${code}\``), exchange.text]
    .filter((part) => part !== '')
    .join(' ');
  const id = exchange.correlationId === '' ? '' : ` (correlation id \`${exchange.correlationId}\`)`;
  return `Entra refused the token: ${answer}${id}`;
}

/** The credentials that are not the nearest. */
export function otherCredentialsSection(report: Report): Section {
  const { others } = candidates(report);
  const title = `Other credentials (${others.length})`;
  if (others.length === 0) return { title, folded: true, blocks: [] };
  const columns = [
    { title: 'Credential', style: 'code', head: true },
    { title: 'Compared', style: 'prose', head: false },
    { title: 'Issuer', style: 'code', head: false },
    { title: 'Subject or expression', style: 'code', head: false },
    { title: 'Audiences', style: 'code', head: false },
  ] as const;
  const rows = others.map((candidate) => ({ cells: otherCells(candidate), tone: 'plain' as const }));
  return { title, folded: true, blocks: [{ kind: 'table', columns, rows, room: OTHERS_ROOM }] };
}

function otherCells(candidate: Candidate): readonly string[] {
  const { name, credential } = candidate;
  const compared = disagreement(candidate);
  if (credential === null) return [name, compared, '', '', ''];
  const { issuer, subject, claimsMatchingExpression, audiences } = credential;
  return [name, compared, issuer, claimsMatchingExpression?.value ?? subject ?? '', audiences.join(', ')];
}
