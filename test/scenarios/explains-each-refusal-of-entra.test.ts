import { expect } from 'vitest';
import type { Emulator } from '../../src/emulator/api.ts';
import type { StepOptions } from '../../src/emulator/runner/job.ts';
import { scenario } from '../harness/scenario.ts';

const app = (serial: number) => ({
  'client-id': `aaaaaaaa-0000-4000-8000-${String(serial).padStart(12, '0')}`,
});
const FABRIKAM = { 'tenant-id': '22222222-2222-4222-8222-222222222222', ...app(21) };

/** Brings the refusal about for real: by what is asked for, or by what the directory holds. */
const REAL: [number, StepOptions['inputs'], string, ((emulator: Emulator) => void)?][] = [
  [
    700016,
    { 'client-id': 'aaaaaaaa-0000-4000-8000-0000000000ff' },
    "the tenant '11111111-1111-4111-8111-111111111111' has no application with the client id 'aaaaaaaa-0000-4000-8000-0000000000ff'.",
  ],
  [
    700211,
    app(4),
    "no federated credential of 'aaaaaaaa-0000-4000-8000-000000000004' names the issuer 'https://token.actions.githubusercontent.com'.",
  ],
  [
    700212,
    app(5),
    "no federated credential of 'aaaaaaaa-0000-4000-8000-000000000005' accepts the audience 'api://AzureADTokenExchange'.",
  ],
  [
    700213,
    app(2),
    "no federated credential of 'aaaaaaaa-0000-4000-8000-000000000002' trusts the subject 'repo:octo-org/octo-repo:environment:production'.",
  ],
  [
    7002131,
    app(10),
    "neither an exact subject nor an expression of 'aaaaaaaa-0000-4000-8000-000000000010' matches the subject 'repo:octo-org/octo-repo:environment:production'.",
  ],
  [
    7002138,
    app(3),
    "a federated credential of 'aaaaaaaa-0000-4000-8000-000000000003' differs from the subject 'repo:octo-org/octo-repo:environment:production' only in upper and lower case.",
  ],
  [70025, app(6), "'aaaaaaaa-0000-4000-8000-000000000006' has no federated credential at all."],
  [
    7000229,
    app(7),
    "the application 'aaaaaaaa-0000-4000-8000-000000000007' has no service principal in the tenant '11111111-1111-4111-8111-111111111111'.",
  ],
  [
    7000112,
    app(8),
    "the service principal of 'aaaaaaaa-0000-4000-8000-000000000008' is disabled in the tenant '11111111-1111-4111-8111-111111111111'.",
  ],
  [
    53003,
    app(11),
    "a Conditional Access policy of the tenant '11111111-1111-4111-8111-111111111111' blocks 'aaaaaaaa-0000-4000-8000-000000000011' from here.",
  ],
  [
    7002381,
    FABRIKAM,
    "the tenant '22222222-2222-4222-8222-222222222222' accepts GitHub tokens only of certain enterprises, and this repository's token does not name one of them.",
  ],
  [
    90002,
    { 'tenant-id': '88888888-8888-4888-8888-888888888888' },
    "there is no tenant '88888888-8888-4888-8888-888888888888' in the cloud 'AzureCloud'.",
  ],
  [
    500011,
    { tokens: 'x=https://nowhere.example' },
    "the tenant '11111111-1111-4111-8111-111111111111' knows no resource for the scope 'https://nowhere.example/.default'.",
  ],
  [
    700024,
    {},
    'Entra holds the ID token to be outside its validity, although it had just been minted (GitHub: 5 minutes).',
    ({ state }) => {
      state.clockOffsetSeconds.entra = 7200;
    },
  ],
  [
    501661,
    { timeout: '1' },
    "Entra could not fetch 'https://token.actions.githubusercontent.com/.well-known/openid-configuration', or the keys that it names.",
    ({ state }) => {
      state.unreachableIssuers.push('https://token.actions.githubusercontent.com');
    },
  ],
];

for (const [code, inputs, sentence, prepare] of REAL) {
  scenario(`explains AADSTS${code} in a sentence of its own`, async ({ emulator, signIn }) => {
    prepare?.(emulator);
    const step = await signIn({ inputs: { ...inputs } });

    expect(step.code).toBe(1);
    expect(step.error().split('\n')[0]).toBe(`AADSTS${code}: ${sentence}`);
    expect(step.summary).toContain(`### ❌ Entra sign-in failed: AADSTS${code}`);
    expect(step.outputs).toEqual({});
  });
}

/** What correct requests cannot bring about is answered by order: the product must still tell them apart. */
const ORDERED: [number, string][] = [
  [
    900023,
    "'11111111-1111-4111-8111-111111111111' is neither a tenant id nor a domain that Entra can look up.",
  ],
  [900144, 'the token request lacks a parameter that Entra demands.'],
  [
    1002012,
    "the scope 'https://management.core.windows.net//.default' is not valid for a workload: it must be one resource followed by /.default.",
  ],
  [50027, 'the ID token reached Entra malformed or cut short.'],
  [
    700027,
    "the signature of the ID token does not verify with the keys that 'https://token.actions.githubusercontent.com' publishes.",
  ],
  [
    7000272,
    "Entra does not (yet) know the key with which 'https://token.actions.githubusercontent.com' signed the ID token.",
  ],
  [
    700236,
    "'aaaaaaaa-0000-4000-8000-000000000001' does not accept a token of Entra's issuer 'https://token.actions.githubusercontent.com': an application and the managed identity that it trusts must be of one tenant.",
  ],
  [90033, "Entra's directory service is temporarily unavailable."],
  [90055, "Entra throttles the tenant '11111111-1111-4111-8111-111111111111': too many requests."],
];

for (const [code, sentence] of ORDERED) {
  scenario(`explains AADSTS${code} in a sentence of its own`, async ({ emulator, signIn }) => {
    emulator.fault({ service: 'entra-token', kind: 'aadsts', code, times: Number.POSITIVE_INFINITY });
    const step = await signIn({ inputs: { timeout: '1' } });
    expect(step.error().split('\n')[0]).toBe(`AADSTS${code}: ${sentence}`);
  });
}

scenario(
  'shows a code that it does not know raw, calls it unknown and does not repeat it',
  async ({ emulator, signIn }) => {
    emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 799999 });
    const step = await signIn();
    expect(step.error()).toMatch(
      /^AADSTS799999: Entra refused with a code that is unknown to this action: 'AADSTS799999: /,
    );
    expect(emulator.requests()).toHaveLength(2);
  },
);

scenario(
  'repeats a code that it does not know when the status says that it may pass',
  async ({ emulator, signIn }) => {
    emulator.fault({ service: 'entra-token', kind: 'aadsts', code: 799999, status: 503 });
    expect((await signIn()).code).toBe(0);
  },
);

scenario(
  'says that the ids are swapped once Entra confirms that the client id is a tenant',
  async ({ emulator, signIn }) => {
    const { AZURE_CLIENT_ID = '', AZURE_TENANT_ID = '' } = emulator.env;
    const step = await signIn({ inputs: { 'client-id': AZURE_TENANT_ID, 'tenant-id': AZURE_CLIENT_ID } });
    expect(step.error()).toMatch(/^AADSTS90002: the inputs `client-id` and `tenant-id` are swapped: /);
  },
);
