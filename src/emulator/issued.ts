interface Answering {
  handle(request: Request): Promise<Response>;
}

/** Every secret given out so far: what a test must not find where it does not belong. */
export interface Issued {
  add(...secrets: string[]): void;
  all(): string[];
  /** The service, with each secret of its answers added. */
  remembering<S extends Answering>(service: S): S;
}

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
// Keys that an instance's metadata hands out are no JWTs.
const AWS_KEYS = /"(?:SecretAccessKey|Token)" ?: ?"([^"]+)"/g;

/** An empty record. */
export function createIssued(): Issued {
  const secrets: string[] = [];
  return {
    add: (...more) => void secrets.push(...more),
    all: () => [...secrets],
    remembering: (service) => ({
      ...service,
      async handle(request) {
        const response = await service.handle(request);
        const text = await response.clone().text();
        secrets.push(...(text.match(JWT) ?? []));
        secrets.push(...[...text.matchAll(AWS_KEYS)].map(([, key = '']) => key));
        return response;
      },
    }),
  };
}
