/** An input as `action.yml` declares it. */
export interface InputRow {
  readonly required: boolean;
  readonly default: string;
}

/** Every input, under its name: what `action.yml` must agree with, and all that may be read. */
export const INPUT_TABLE = {
  mode: { required: false, default: 'login' },
  'client-id': { required: false, default: '' },
  'tenant-id': { required: false, default: '' },
  'subscription-id': { required: false, default: '' },
  cloud: { required: false, default: 'AzureCloud' },
  audience: { required: false, default: '' },
  'identity-source': { required: false, default: 'github' },
  tokens: { required: false, default: 'arm' },
  sessions: { required: false, default: 'auto' },
  'keep-alive': { required: false, default: 'false' },
  'keep-alive-resources': { required: false, default: '' },
  'export-access-token': { required: false, default: '' },
  'allowed-tenants': { required: false, default: '' },
  'allowed-clients': { required: false, default: '' },
  'require-claims': { required: false, default: '' },
  'wait-for-trust': { required: false, default: '0' },
  timeout: { required: false, default: '60' },
  'mask-ids': { required: false, default: 'false' },
  'identity-resource-id': { required: false, default: '' },
  'reader-client-id': { required: false, default: '' },
  'reader-tenant-id': { required: false, default: '' },
  'github-token': { required: false, default: '${{ github.token }}' },
  'expected-credentials': { required: false, default: '' },
  'check-roles': { required: false, default: 'true' },
  probe: { required: false, default: 'false' },
  'fail-on': { required: false, default: 'high' },
  'report-file': { required: false, default: '' },
  'sarif-file': { required: false, default: '' },
} as const satisfies Record<string, InputRow>;

/** The name of an input. */
export type InputName = keyof typeof INPUT_TABLE;

/** The inputs as text, each trimmed; what was not given or is empty holds its default. */
export type RawInputs = Readonly<Record<InputName, string>>;

/** Picks the inputs out of `read` (the runner gives '' for unset and for empty alike). */
export function rawInputs(read: (name: InputName) => string): RawInputs {
  const names = Object.keys(INPUT_TABLE) as InputName[];
  const entries = names.map((name) => [name, read(name).trim() || ownDefault(name)]);
  return Object.fromEntries(entries) as RawInputs;
}

// An expression is evaluated by the runner: what arrives empty then is empty.
function ownDefault(name: InputName): string {
  const value = INPUT_TABLE[name].default;
  return value.startsWith('${{') ? '' : value;
}

/** What was given, read; null where nothing was. */
export function optional<T>(
  raw: RawInputs,
  input: InputName,
  read: (input: InputName, value: string) => T,
): T | null {
  return raw[input] === '' ? null : read(input, raw[input]);
}
