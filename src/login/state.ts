/** The name under which the post step finds the directory that its main step made. */
export const DIRECTORY_STATE = 'directory';

/** The name under which it finds the endpoint that its main step started. */
export const ENDPOINT_STATE = 'endpoint';

/** What the post step must know of an endpoint, as JSON. */
export interface EndpointState {
  /** Address of its status, and the secret to ask for it with. */
  readonly status: string;
  readonly header: string;
  readonly nonce: string;
  readonly pid: number;
  /** Path of its log. */
  readonly log: string;
}
