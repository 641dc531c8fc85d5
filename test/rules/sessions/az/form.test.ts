import { expect, test } from 'vitest';
import { azForm, directoriesIn, versionOfMetadata } from '../../../../src/sessions/az/form.ts';

const version = (text: string) => versionOfMetadata(`azure_cli-${text}.dist-info`);

test.each([
  ['2.45.0', false, false, 'files'],
  ['2.91.0', false, false, 'files'],
  ['2.30.0', false, false, 'files'],
  ['2.29.2', false, false, 'login'],
  ['3.0.0', false, false, 'login'],
  ['2.91.0', true, false, 'login'],
  ['2.45.0', false, true, 'msi-endpoint'],
  ['2.70.0', false, true, 'msi-endpoint'],
  ['2.71.0', false, true, 'msal-switched'],
  ['2.72.0', false, true, 'msal-switched'],
  ['2.73.0', true, true, 'msal'],
  ['3.0.0', false, true, 'msal'],
] as const)('az %s, encrypting %s, renewing %s: %s', (text, encrypts, renewing, form) => {
  expect(azForm({ version: version(text), encrypts }, renewing)).toBe(form);
});

test('an az whose version is not known is started, or asks the endpoint as every current one does', () => {
  expect(azForm({ version: null, encrypts: false }, false)).toBe('login');
  expect(azForm({ version: null, encrypts: false }, true)).toBe('msal');
});

test.each([
  ['azure_cli-2.91.0.dist-info', '2.91.0'],
  ['azure_cli-2.45.0.egg-info', '2.45.0'],
  ['azure_cli-2.0.81-py3.11.egg-info', '2.0.81'],
  ['azure_cli-2.90.0rc1.dist-info', '2.90.0rc1'],
  ['azure_cli_core-2.91.0.dist-info', undefined],
  ['azure_cli-2.dist-info', undefined],
  ['my_azure_cli-2.91.0.dist-info', undefined],
])('%s is the metadata of %s', (name, text) => {
  expect(versionOfMetadata(name)?.text).toBe(text);
});

test.each([
  [
    "Microsoft's packages for Debian",
    '"$bin_dir/../../opt/az/bin/python3" -Im azure.cli "$@"',
    '/usr/bin/../../opt/az/bin',
  ],
  [
    "Microsoft's packages for Red Hat",
    'PYTHONPATH="$bin_dir/../lib64/az/lib/python3.12/site-packages" python3.12 -sm azure.cli "$@"',
    '/usr/bin/../lib64/az/lib/python3.12/site-packages',
  ],
  [
    'Homebrew',
    'AZ_INSTALLER=HOMEBREW /opt/homebrew/Cellar/azure-cli/2.91.0/libexec/bin/python -Im azure.cli "$@"',
    '/opt/homebrew/Cellar/azure-cli/2.91.0/libexec/bin',
  ],
  ['pip', '#!/home/octo/venv/bin/python3.12\nimport sys', '/home/octo/venv/bin'],
])('finds where %s have their packages', (_, script, directory) => {
  expect(directoriesIn(script, '/usr/bin')).toEqual([directory]);
});

test('a launcher that names no interpreter says nothing', () => {
  expect(directoriesIn('#!/usr/bin/env bash\nexec something', '/usr/bin')).toEqual([]);
});
