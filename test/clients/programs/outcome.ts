/** All that a program says: claims and error texts, never a token. */
export type Outcome = Record<string, unknown>;

/** Prints what came of the work, or the error that its library threw, as one line of JSON. */
export async function tell(work: () => Promise<Outcome>): Promise<void> {
  const outcome = await work().catch(failure);
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}

function failure(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  return { error: { name, message, code: 'code' in error ? error.code : null } };
}

/** Claims of a token that a library handed over, unverified: `verify` is the program that checks signatures. */
export function claimsOf(token: string): Outcome {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** A variable without which the program has nothing to do. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
