import { plain } from '../report/escape.ts';
import { isRecord } from '../trust/claims.ts';
import { type Credential, readCredential } from '../trust/credential.ts';
import { marksOf } from '../trust/marks.ts';
import { type MatchReport, type Mismatch, matchAll } from '../trust/match.ts';
import { type Outcome, unusable, withWarnings } from './outcome.ts';
import { unknownCredentialKeys, unknownKeys } from './unknown-keys.ts';

/** `match --file`: compares the claims of a token with credentials. Status 0 when one matches, else 1. */
export function matchCommand(json: unknown): Outcome {
  const credentials = isRecord(json) ? json['credentials'] : null;
  const warnings = [
    ...unknownKeys(json, ['claims', 'credentials']),
    ...unknownCredentialKeys(credentials, 'credentials'),
  ];
  return withWarnings(compared(json), warnings);
}

function compared(json: unknown): Outcome {
  if (!isRecord(json) || !isRecord(json['claims']) || !Array.isArray(json['credentials']))
    return unusable(`expected {"claims": {…}, "credentials": […]}${wayToWrap(json)}`);
  const credentials: Credential[] = [];
  for (const [index, item] of json['credentials'].entries()) {
    const credential = readCredential(item, `#${index + 1}`);
    if (credential === null)
      return unusable(
        `credential ${index + 1} is not one: expected name, issuer, audiences and subject or claimsMatchingExpression`,
      );
    credentials.push(credential);
  }
  const report = matchAll(json['claims'], credentials);
  return { status: report.matched === null ? 1 : 0, json: report, text: textOf(report) };
}

// What az and Graph print holds one half of what is compared.
function wayToWrap(json: unknown): string {
  const list = Array.isArray(json) ? '.' : isRecord(json) && Array.isArray(json['value']) ? '.value' : null;
  return list === null
    ? ''
    : `; the file is a list of credentials alone: put the claims of a token beside it, as by jq '{claims: {iss: "…", sub: "…", aud: "…"}, credentials: ${list}}' FILE`;
}

function textOf({ matched, results }: MatchReport): string {
  const verdict = matched === null ? 'No credential matches.' : `Matches: ${plain(matched)}`;
  const others = results
    .filter(({ match }) => !match)
    .flatMap(({ name, mismatches }) => ['', plain(name), ...mismatches.flatMap(mismatchLines)]);
  return [verdict, ...others].join('\n');
}

/** A mismatch with a mark under the first difference. */
function mismatchLines(mismatch: Mismatch): string[] {
  const { field, reason, presented, configured } = mismatch;
  if (configured === '')
    return [
      `  ${field}: the credential holds none`,
      ...(presented === null ? [] : valueLines('presented', presented, null)),
      ...valueLines('configured', '(none)', null),
    ];
  const marks = marksOf(mismatch);
  const place = marks.presented ?? marks.configured;
  const where = marks.presented === null ? 'in the expression, at' : 'first difference at';
  return [
    `  ${field}: ${reason}${place === null ? '' : `, ${where} ${place}`}`,
    ...(presented === null ? [] : valueLines('presented', presented, marks.presented)),
    ...valueLines('configured', configured, marks.presented === null ? marks.configured : null),
  ];
}

function valueLines(label: string, value: string, mark: number | null): string[] {
  const start = `    ${label.padEnd('configured'.length)}  `;
  const line = `${start}${plain(value)}`;
  return mark === null ? [line] : [line, `${' '.repeat(start.length + plain(value.slice(0, mark)).length)}^`];
}
