import { expect } from 'vitest';
import { application } from '../emulator/client.ts';
import { scenario } from '../harness/scenario.ts';
import { runProgram } from './program.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SCOPE = 'https://management.azure.com/.default';

scenario(
  'ClientAssertionCredential gets a token for Resource Manager',
  async ({ emulator, job, traffic }) => {
    const { appId, servicePrincipal } = application(emulator, 'octo-deploy');
    const outcome = await runProgram(job, 'client-assertion', { TENANT, CLIENT: appId, SCOPE });

    expect(outcome).toMatchObject({
      claims: {
        aud: 'https://management.azure.com',
        iss: `https://sts.windows.net/${TENANT}/`,
        tid: TENANT,
        appid: appId,
        appidacr: '2',
        oid: servicePrincipal?.id,
        idtyp: 'app',
      },
    });
    const { claims, expires } = outcome as { claims: { exp: number }; expires: number };
    expect(Math.abs(claims.exp - expires)).toBeLessThan(10);
    // It asks its callback for two assertions, and presents one.
    expect(traffic().filter((line) => line.startsWith('POST'))).toEqual([
      'POST login.microsoftonline.com → 200',
    ]);
  },
);

const REFUSED = [
  ['octo-no-principal', 'AADSTS7000229'],
  ['octo-untrusting', 'AADSTS70025'],
  ['octo-main-only', 'AADSTS700213'],
  ['octo-slash', 'AADSTS700211'],
  ['octo-audience', 'AADSTS700212'],
] as const;

for (const [name, code] of REFUSED) {
  scenario(`ClientAssertionCredential tells ${code} of ${name}`, async ({ emulator, job }) => {
    const { appId } = application(emulator, name);
    const outcome = await runProgram(job, 'client-assertion', { TENANT, CLIENT: appId, SCOPE });

    expect(outcome).toMatchObject({
      error: {
        name: expect.stringMatching(/^Authentication/),
        message: expect.stringContaining(`${code}: `),
      },
    });
  });
}

scenario(
  'ClientAssertionCredential tells AADSTS700016 of a client that nobody has',
  async ({ job, traffic }) => {
    const CLIENT = 'aaaaaaaa-0000-4000-8000-999999999999';
    const outcome = await runProgram(job, 'client-assertion', { TENANT, CLIENT, SCOPE });

    expect(outcome).toMatchObject({
      error: {
        // What @azure/identity calls every refusal that reaches it through MSAL.
        name: 'AuthenticationRequiredError',
        message: expect.stringContaining(`AADSTS700016: Application with identifier '${CLIENT}'`),
      },
    });
    expect(traffic().at(-1)).toBe('POST login.microsoftonline.com → 400');
  },
);
