/** How Entra answers with one AADSTS code. */
export interface CatalogueEntry {
  status: number;
  /** OAuth 2.0 error (RFC 6749, section 5.2) or one of Entra's own. */
  error: string;
  /** The description after `AADSTS<code>: `, with `{name}` for what varies. */
  text: string;
}

/** What is wrong with the request as a whole. */
export const request = (text: string): CatalogueEntry => ({ status: 400, error: 'invalid_request', text });

/** What is wrong with its scope. */
export const scope = (text: string): CatalogueEntry => ({ status: 400, error: 'invalid_scope', text });

/** What is wrong with how the client proves who it is. */
export const client = (text: string): CatalogueEntry => ({ status: 401, error: 'invalid_client', text });

/** That the client may not do this. */
export const unauthorized = (text: string): CatalogueEntry => ({
  status: 400,
  error: 'unauthorized_client',
  text,
});

/** That this principal is not given what it asks for. */
export const grant = (text: string): CatalogueEntry => ({ status: 400, error: 'invalid_grant', text });

/** That it may pass. */
export const unavailable = (status: number, text: string): CatalogueEntry => ({
  status,
  error: 'temporarily_unavailable',
  text,
});
