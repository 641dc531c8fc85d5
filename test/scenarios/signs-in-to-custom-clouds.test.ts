import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

const AIRGAP = {
  cloud: 'https://management.airgap.octo.example',
  'tenant-id': '55555555-5555-4555-8555-555555555555',
  'client-id': 'aaaaaaaa-0000-4000-8000-000000000081',
  audience: 'api://OctoTokenExchange',
};
const STACK = { cloud: 'https://management.local.azurestack.external/' };

scenario(
  'a cloud with an authority of its own is found by its Resource Manager',
  async ({ emulator, signIn }) => {
    const step = await signIn({ inputs: AIRGAP });
    expect(step.code, step.stdout).toBe(0);
    const [metadata, , exchange] = emulator.requests();
    expect(metadata).toMatchObject({
      method: 'GET',
      host: 'management.airgap.octo.example',
      path: '/metadata/endpoints',
    });
    expect(exchange).toMatchObject({
      host: 'login.airgap.octo.example',
      form: { scope: 'https://management.core.airgap.octo.example//.default' },
    });
    expect(step.variables).toMatchObject({
      AZURE_AUTHORITY_HOST: 'https://login.airgap.octo.example/',
      ARM_METADATA_HOSTNAME: 'management.airgap.octo.example',
    });
    expect(step.variables).not.toHaveProperty('ARM_ENVIRONMENT');
    expect(step.log.join()).toContain('(OctoAirgap)');
  },
);

scenario(
  'Azure Stack Hub signs in at the authority of its directory',
  async ({ emulator, signIn, traffic }) => {
    const step = await signIn({ inputs: STACK });
    expect(step.code, step.stdout).toBe(0);
    // It knows the oldest version of its metadata alone.
    expect(traffic()).toEqual([
      'GET management.local.azurestack.external → 404',
      'GET management.local.azurestack.external → 200',
      expect.stringContaining('GET run-actions'),
      'POST login.microsoftonline.com → 200',
    ]);
    expect(emulator.requests().at(-1)?.form?.['scope']).toBe(
      'https://management.contoso.onmicrosoft.com/4de154de-f8a8-4017-af41-df619da68155/.default',
    );
  },
);

scenario('AD FS has no federated credentials, and gets nothing', async ({ signIn, traffic }) => {
  const step = await signIn({ inputs: { cloud: 'https://management.adfs.azurestack.external' } });
  expect(step.error()).toMatch(
    /^cloud-without-federation: the cloud at management\.adfs\.azurestack\.external signs in by AD FS \(adfs\.adfs\.azurestack\.external\)/,
  );
  expect(traffic().filter((line) => !line.includes('management.'))).toEqual([]);
});

const REFUSED: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  [
    'no audience',
    { ...AIRGAP, audience: '' },
    /^input-invalid: input `audience` is empty, and for OctoAirgap there is no default/,
  ],
  [
    "an audience of Microsoft's clouds",
    { ...AIRGAP, audience: 'api://AzureADTokenExchange' },
    /^input-invalid: input `audience` is that of one of Microsoft's own clouds/,
  ],
  [
    'http',
    { cloud: 'http://management.airgap.octo.example' },
    /^input-invalid: input `cloud` has an unknown value/,
  ],
  [
    'a service that it lacks',
    { ...AIRGAP, tokens: 'sql' },
    /^input-invalid: input `tokens` asks for 'sql', which OctoAirgap does not offer/,
  ],
];

for (const [what, inputs, sentence] of REFUSED)
  scenario(`${what}: refused before any ID token is asked for`, async ({ signIn, traffic }) => {
    const step = await signIn({ inputs });
    expect(step.error()).toMatch(sentence);
    expect(traffic().filter((line) => !line.includes('management.'))).toEqual([]);
  });

scenario('a Resource Manager that is not there is said so', async ({ emulator, signIn }) => {
  emulator.fault({ service: 'arm', kind: 'status', status: 503, times: 99 });
  const step = await signIn({ inputs: { ...AIRGAP, timeout: '3' } });
  expect(step.error()).toMatch(
    /^cloud-unreachable: Resource Manager at management\.airgap\.octo\.example did not tell/,
  );
});

const METADATA = [
  ['which is no JSON', '<html>', 'they are no JSON'],
  [
    'which leads elsewhere by http',
    '{"authentication":{"loginEndpoint":"http://evil.example"}}',
    'no https URL',
  ],
  [
    "which asks for Microsoft's own tokens",
    '{"authentication":{"loginEndpoint":"https://login.microsoftonline.com","audiences":["https://graph.microsoft.com"]}}',
    "belongs to one of Microsoft's own clouds",
  ],
] as const;

for (const [what, body, problem] of METADATA)
  scenario(`metadata ${what} ends it before anything is sent`, async ({ emulator, signIn, traffic }) => {
    emulator.fault({ service: 'arm', kind: 'status', status: 200, body, contentType: 'application/json' });
    const step = await signIn({ inputs: STACK });
    expect(step.error()).toMatch(/^cloud-unusable: /);
    expect(step.error()).toContain(problem);
    expect(traffic()).toHaveLength(1);
  });

scenario('a known Resource Manager stands for its cloud', async ({ signIn, traffic }) => {
  const inputs = {
    cloud: 'https://management.usgovcloudapi.net',
    'tenant-id': '33333333-3333-4333-8333-333333333333',
    'client-id': 'aaaaaaaa-0000-4000-8000-000000000031',
  };
  const step = await signIn({ inputs });
  expect(step.code, step.stdout).toBe(0);
  expect(traffic().filter((line) => line.includes('management.'))).toEqual([]);
});
