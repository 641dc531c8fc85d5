import type { Claims } from '../trust/claims.ts';
import type { ExchangeOutcome, Known } from './model.ts';

/** The token of the run that is validated, or why there is none. */
export type Presented =
  | { readonly from: 'token'; readonly claims: Claims }
  | {
      readonly from: 'prediction';
      readonly claims: Claims;
      readonly why: readonly string[];
      /** The claims with the subject in its other form, where it is not known which one the run presents. */
      readonly otherwise: Claims | null;
      /** What was asked of the claims and only a token can show, in words. */
      readonly open: readonly string[];
    }
  /** `final`: another run of the same kind would have none either. */
  | { readonly from: 'nothing'; readonly error: string; readonly final: boolean };

/**
 * How a validation reaches the world; `bin` provides it, from a run's own token in a workflow and from
 * DefaultAzureCredential on a laptop.
 */
export interface Access {
  /** The claims that Entra will be shown. */
  present(): Promise<Presented>;
  /** Whether Entra accepts the assertion from the client that is validated. */
  exchange(): Promise<ExchangeOutcome>;
  /** Presents a token for another audience, which Entra must refuse. */
  probe(audience: string): Promise<ExchangeOutcome>;
  /** A token to read Microsoft Graph or Resource Manager with. */
  readerToken(resource: 'graph' | 'arm'): Promise<Known<string>>;
}
