import type { Emulator } from '../../src/emulator/api.ts';
import type { Application } from '../../src/emulator/entities.ts';

/** The application of a client id; of the seeded identity whose trust works, unless given. */
export function applicationOf(
  { env, state }: Emulator,
  clientId: string | undefined = env['AZURE_CLIENT_ID'],
): Application {
  const found = state.tenants
    .flatMap(({ applications }) => applications)
    .find(({ appId }) => appId === clientId);
  if (!found) throw new Error(`no application ${clientId}`);
  return found;
}

/** Its trust reaches the nodes of Entra only in so many milliseconds from now. */
export function spreadAfter(application: Application, ms: number): void {
  application.propagation = { attempts: Number.POSITIVE_INFINITY };
  setTimeout(() => {
    application.propagation = { attempts: 0 };
  }, ms);
}
