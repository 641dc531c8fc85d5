import { expect } from 'vitest';
import { applicationOf } from '../harness/application.ts';
import { loginProxy } from '../harness/login-proxy.ts';
import { scenario } from '../harness/scenario.ts';

scenario('names the proxy that it went through', async ({ emulator, signIn }) => {
  const step = await signIn();
  const { host } = new URL(emulator.env['HTTPS_PROXY'] ?? '');
  expect(step.log[0]).toMatch(new RegExp(`\\(through the proxy ${host}\\)$`));
});

scenario('takes a proxy without a scheme for http, as curl does', async ({ emulator, signIn, traffic }) => {
  const { port } = new URL(emulator.env['HTTPS_PROXY'] ?? '');
  const step = await signIn({ env: { HTTPS_PROXY: `localhost:${port}` } });
  expect(step.code, step.stdout).toBe(0);
  expect(traffic()).toHaveLength(2);
});

for (const proxy of ['socks5://127.0.0.1:1080', 'http://', 'http://[', 'http://user:100%@127.0.0.1:1080']) {
  scenario(`refuses the proxy ${proxy}, instead of going round it`, async ({ signIn, traffic }) => {
    const step = await signIn({ env: { HTTPS_PROXY: proxy } });
    expect(step.error()).toMatch(/^proxy-unusable: the proxy in HTTPS_PROXY cannot be used: /);
    expect(traffic()).toEqual([]);
  });
}

const REFUSALS = [
  [407, 'The proxy asks for a login: put user and password into HTTPS_PROXY'],
  [403, 'The administrator of the proxy has to allow the host'],
] as const;

for (const [status, remedy] of REFUSALS) {
  scenario(
    `stops at once when the proxy answers ${status}, and says what to do`,
    async ({ emulator, signIn, traffic }) => {
      emulator.fault({ service: 'entra-token', kind: 'refused', status, times: Number.POSITIVE_INFINITY });
      const started = Date.now();
      const step = await signIn();
      expect(step.error()).toMatch(
        new RegExp(
          `^proxy-refused: the proxy does not let this runner reach Entra: the proxy answered ${status} to CONNECT\\.`,
        ),
      );
      expect(step.error()).toContain(remedy);
      expect(traffic()).toHaveLength(1);
      expect(Date.now() - started).toBeLessThan(3_000);
    },
  );
}

const USER = 'CORP\\build';
const PASSWORD = 'p@ss:w/rd%#1';
const LOGIN = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;

scenario(
  'logs in to a proxy that wants it, and keeps the login to itself',
  async ({ emulator, signIn, traffic }) => {
    const host = await loginProxy(emulator.env['HTTPS_PROXY'] ?? '', USER, PASSWORD);
    const step = await signIn({ env: { HTTPS_PROXY: `http://${LOGIN}@${host}` } });
    expect(step.code, step.stdout).toBe(0);
    expect(traffic()).toHaveLength(2);
    expect(step.log[0]).toContain(`(through the proxy ${host})`);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) {
      expect(step.stdout + step.summary).not.toContain(secret);
    }
  },
);

for (const login of ['', 'CORP:wrong-password@']) {
  scenario(
    `says that the proxy wants ${login ? 'another' : 'a'} login`,
    async ({ emulator, signIn, traffic }) => {
      const host = await loginProxy(emulator.env['HTTPS_PROXY'] ?? '', USER, PASSWORD);
      const step = await signIn({ env: { HTTPS_PROXY: `http://${login}${host}` } });
      expect(step.error().split('\n')[0]).toBe(
        "proxy-refused: the proxy does not let this runner reach GitHub's ID token endpoint: the proxy answered 407 to CONNECT.",
      );
      expect(step.error()).toContain('put user and password into HTTPS_PROXY');
      expect(step.stdout).not.toContain('wrong-password');
      expect(traffic()).toEqual([]);
    },
  );
}

const GHES = 'github.octo-corp.example';
/** No name is looked up: what goes round the proxy ends there, and not on the network. */
const NO_NAMES = `import dns from 'node:dns';
dns.lookup = (name, options, done) => process.nextTick(done, Object.assign(new Error(), { code: 'ENOTFOUND' }));`;

const ROUND: [string, Record<string, string>][] = [
  ['the host', { NO_PROXY: GHES }],
  ['the host in other letters', { NO_PROXY: 'GitHub.Octo-Corp.Example' }],
  ['the host with its port', { NO_PROXY: `${GHES}:443` }],
  ['a suffix with a dot', { NO_PROXY: '.octo-corp.example' }],
  ['a suffix without a dot', { NO_PROXY: 'octo-corp.example' }],
  ['everything', { NO_PROXY: '*' }],
  ['one of several, with spaces', { NO_PROXY: ` localhost , ${GHES} ,10.0.0.0/8` }],
  ['the host in small letters', { no_proxy: GHES }],
  ['the host in small letters, which come first', { no_proxy: GHES, NO_PROXY: 'localhost' }],
];
const THROUGH: [string, Record<string, string>][] = [
  ['another port', { NO_PROXY: `${GHES}:8443` }],
  ['a name that only ends alike', { NO_PROXY: 'hub.octo-corp.example' }],
  ['a name below', { NO_PROXY: `api.${GHES}` }],
  ['an asterisk before a suffix', { NO_PROXY: '*.octo-corp.example' }],
  ['nothing, in small letters, which come first', { no_proxy: 'localhost', NO_PROXY: GHES }],
];

for (const [what, variables, through] of [
  ...ROUND.map(([what, variables]) => [what, variables, false] as const),
  ...THROUGH.map(([what, variables]) => [what, variables, true] as const),
]) {
  scenario(
    `goes ${through ? 'through' : 'round'} the proxy where NO_PROXY names ${what}`,
    async ({ emulator, signIn, traffic }) => {
      for (const credential of applicationOf(emulator).federatedIdentityCredentials)
        credential.issuer = `https://${GHES}/_services/token`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(NO_NAMES)}`;
      const env = { GITHUB_SERVER_URL: `https://${GHES}`, NO_PROXY: undefined, NODE_OPTIONS, ...variables };
      const step = await signIn({ env, inputs: { timeout: through ? '60' : '1' } });
      if (through) {
        expect(step.code, step.stdout).toBe(0);
        expect(traffic()).toHaveLength(2);
        return;
      }
      expect(step.error()).toMatch(
        /^id-token-unavailable: GitHub's ID token endpoint could not be reached: ENOTFOUND\./,
      );
      expect(traffic()).toEqual([]);
    },
    { seed: { run: { serverUrl: `https://${GHES}` } } },
  );
}
