const LONGEST = 200_000;

/** An error as people paste it: how the catalogue and the patterns of the rules want to read it. */
export interface ErrorText {
  readonly text: string;
  /** AADSTS codes in the order in which they stand, each once. */
  readonly codes: readonly number[];
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly audience: string | null;
  /** The client that Entra or Resource Manager names, when it is a GUID. */
  readonly client: string | null;
  /** The object id that Resource Manager names. */
  readonly objectId: string | null;
  readonly scope: string | null;
  readonly action: string | null;
}

/** Reads codes and quoted values out of an error; texts of Entra, az, Azure/login, Resource Manager and Graph. */
export function readErrorText(error: string): ErrorText {
  const text = unfold(error.slice(0, LONGEST));
  const guid = '([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})';
  return {
    text,
    codes: codesIn(text),
    issuer: known(
      first(text, [
        quotedAfter('assertion issuer'),
        /^\s*issuer\s+-\s+(https?:\S+)/im,
        /OIDC endpoint failed\.?\s+Issuer:\s*['"]?(https?:[^\s'",;]{1,700}[^\s'",;.])/i,
      ]),
    ),
    subject: subjectIn(text),
    audience: known(first(text, [quotedAfter('assertion audience'), /^\s*audience\s+-\s+(\S+)/im])),
    client: first(text, [
      new RegExp(`(?:the client|application with identifier|application|client)\\s*'${guid}'`, 'i'),
      new RegExp(`client application ${guid}`, 'i'),
    ]),
    objectId: first(text, [new RegExp(`object id '${guid}'`, 'i')]),
    scope: first(text, [/over scope ['"`]([^'"`]{1,500}?)\s*['"`]/i]),
    action: first(text, [/perform action ['"]([^'"]{1,300})['"]/i]),
  };
}

// Logs copied from GitHub's pages turn digits into links, and JSON inside JSON escapes its quotes.
function unfold(error: string): string {
  return error
    .replace(/\[(\d{1,6})\]\(https?:[^)\s]{0,500}\)/g, '$1')
    .replace(/\\r\\n|\\n/g, '\n')
    .replace(/\\+(["'])/g, '$1')
    .replace(/\\?u0027|&#39;|&apos;|[‘’]/g, "'")
    .replace(/&quot;/g, '"');
}

function codesIn(text: string): number[] {
  const named = [...text.matchAll(/AADSTS\s?(\d{4,8})/gi)].map(([, digits]) => Number(digits));
  const listed = [...text.matchAll(/error_codes["']?\s*[:=]\s*\[([\d,\s]{4,80})\]/gi)].flatMap(
    ([, list = '']) => list.split(',').map(Number),
  );
  const flagged = [...text.matchAll(/[?&]code=(\d{5,8})\b/g)].map(([, digits]) => Number(digits));
  return [...new Set([...named, ...listed, ...flagged])].filter((code) => code > 0);
}

function quotedAfter(words: string): RegExp {
  return new RegExp(
    `${words.replace(' ', '\\s+')}\\s*:?\\s*(?:'(.{1,700}?)'(?=[.,;\\s)]|$)|"(.{1,700}?)")`,
    'i',
  );
}

function first(text: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    const value = match?.[1] ?? match?.[2];
    if (value) return value;
  }
  return null;
}

const BARE_SUBJECT =
  /(?:^|[\s'"`(=])(repo:[\w.*<>-]{1,100}(?:@\d+)?\/[\w.*<>-]{1,100}(?:@\d+)?:[^\s'"`,;)]{1,400}|repository_(?:owner_)?id:\d+:[^\s'"`,;)]{1,400})/;

function subjectIn(text: string): string | null {
  const value = first(text, [
    quotedAfter('assertion subject'),
    /^\s*subject(?:\s+claim)?\s+-\s+(\S.{0,600}?)\s*$/im,
    BARE_SUBJECT,
  ]);
  return value === null || !value.includes(':') ? null : value.replace(/\.$/, '');
}

// A log shows secrets as asterisks, and reports put <placeholders> for what they leave out.
function known(value: string | null): string | null {
  return value === null || /^[*<]|^x+$/i.test(value) ? null : value;
}
