import { plain } from '../report/escape.ts';
import { isRecord } from '../trust/claims.ts';
import { type Credential, readCredential } from '../trust/credential.ts';
import { marksOf } from '../trust/marks.ts';
import { type MatchReport, type Mismatch, matchAll } from '../trust/match.ts';
import { type Outcome, unusable } from './outcome.ts';

/** `match --file`: compares the claims of a token with credentials. Status 0 when one matches, else 1. */
export function matchCommand(json: unknown): Outcome {
  if (!isRecord(json) || !isRecord(json['claims']) || !Array.isArray(json['credentials']))
    return unusable('expected {"claims": {…}, "credentials": […]}');
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
