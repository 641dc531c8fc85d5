import type { AadstsEntry } from './entry.ts';

type Texts = Partial<Pick<AadstsEntry, 'sentence' | 'remedy'>>;

/** What the catalogue says in terms of GitHub, for assertions of other issuers. */
const TEXTS: Readonly<Record<number, Texts>> = {
  700211: {
    remedy:
      "The credential's issuer must equal the presented one exactly, with a slash at its end where the token has one (AKS) and without where it has none.",
  },
  700212: {
    remedy:
      'A token in a file is for whom its writer asked it: in Kubernetes set `audience` of the projected volume to what the credential accepts. For other sources make the credential and the input `audience` agree.',
  },
  700213: {
    remedy:
      'The subject is what the source calls this workload: in Kubernetes its service account, on Google Cloud the number of the service account, on AWS the ARN of the role, of a managed identity its object id. Trust exactly the presented string.',
  },
  700024: {
    sentence: 'Entra holds the assertion to be outside of its validity.',
    remedy:
      "Its issuer's and Entra's clocks disagree, or a token in a file was not renewed in time. Entra's text holds the times that it saw.",
  },
  700027: {
    remedy:
      'The token was altered on its way, or the issuer serves other keys than it signs with, as a cluster may after a change of its signing key.',
  },
  501661: {
    sentence: "Entra could not fetch the OpenID configuration of '{issuer}', or the keys that it names.",
    remedy:
      'Both that document and its jwks_uri must answer to Entra over the internet; those of a cluster with an internal issuer do not.',
  },
};

/** The same refusal in terms that fit an assertion that GitHub did not issue. */
export function otherThanGitHub(entry: AadstsEntry): AadstsEntry {
  return { ...entry, ...TEXTS[entry.code] };
}
