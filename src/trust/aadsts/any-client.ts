import type { AadstsEntry } from './entry.ts';

type Texts = Partial<Pick<AadstsEntry, 'sentence' | 'remedy'>>;

const NO_CREDENTIAL =
  'The program that asked had neither an ID token nor a secret: name it in `sessions`, or give it a credential of its own.';
const NO_PARAMETER =
  'Entra names it in its text: the program that asked was not given it, often because a variable is empty.';

/** What the catalogue says of a request that the action itself has just made, for one that any client may have made. */
const TEXTS: Readonly<Record<number, Texts>> = {
  700024: {
    sentence: 'Entra holds the ID token to be outside its validity.',
    remedy:
      "Name the audience that was asked for in `tokens`, so that its access token is there from the start; or use `keep-alive: true`, which renews; or sign in directly before the step that asks. Only where the ID token had just been minted do clocks disagree: Entra's text holds the times that it saw.",
  },
  900144: { remedy: NO_PARAMETER },
  90014: { remedy: NO_PARAMETER },
  70003: { remedy: 'The program that asked does not speak as Entra wants it: update it.' },
  9002313: {
    remedy: 'A proxy may have altered it, or the program that asked was given a value that it cannot send.',
  },
  7000216: { remedy: NO_CREDENTIAL },
  7000218: { remedy: NO_CREDENTIAL },
};

/** The same refusal where it is not known that the action itself met it, in an exchange of a new ID token. */
export function ofAnyClient(entry: AadstsEntry): AadstsEntry {
  return { ...entry, ...TEXTS[entry.code] };
}

/** Whether a text is what the action itself says of such a refusal: its sentence, whatever was filled into it. */
export function isOwnText({ sentence }: AadstsEntry, text: string): boolean {
  return sentence.split(/\{[a-z]+\}/).every((part) => text.includes(part));
}
