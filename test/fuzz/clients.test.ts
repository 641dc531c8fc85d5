import { expect } from 'vitest';
import {
  cloudsFile,
  configFile,
  encryptionIn,
  managedIdentity,
  profileFile,
  tokenCacheFile,
} from '../../src/sessions/az/files.ts';
import { directoriesIn, versionOfMetadata } from '../../src/sessions/az/form.ts';
import { optionIn, withOption, withoutOption, withoutSection } from '../../src/sessions/az/ini.ts';
import { clientIn, installationIdIn } from '../../src/sessions/az/own-profile.ts';
import { CLOUDS } from '../../src/trust/clouds.ts';
import { fc } from '../harness/property.ts';
import { campaign } from './campaign.ts';
import { anyJson, anyToken, hostile, recordOf } from './texts.ts';

const line = fc.constantFrom(
  '[cloud]',
  '[ cloud ]',
  '[AzureCloud]',
  '[x]',
  'name = a',
  'name=b',
  ' name : c',
  ' [AzureCloud]',
  '\t[x] ; said',
  '',
);
const ini = fc.oneof(
  hostile,
  fc
    .tuple(fc.array(fc.oneof(line, hostile), { maxLength: 10 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([lines, end]) => lines.join(end)),
);

/** The values of an option, as configparser groups lines into sections. */
function valuesOf(text: string, section: string, name: string): string[] {
  let inside = false;
  return text.split(/\r\n?|\n/).flatMap((each) => {
    const header = /^\s*\[([^\]]+)\]/.exec(each)?.[1];
    if (header !== undefined) inside = header === section;
    const [, value] = new RegExp(`^\\s*${name}\\s*[=:]\\s*(.*)$`, 'i').exec(each) ?? [];
    return inside && value !== undefined ? [value] : [];
  });
}

campaign("an option that is set stands once in any config of the user's", ini, (lines) => {
  // What stands before the first section no configparser takes.
  const text = `[core]\n${lines}`;
  const changed = withOption(text, 'cloud', 'name', 'AzureCloud');
  expect(valuesOf(changed, 'cloud', 'name')).toEqual(['AzureCloud']);
  expect(withOption(changed, 'cloud', 'name', 'AzureCloud')).toBe(changed);
  expect(optionIn(changed, 'cloud', 'name')).toBe('AzureCloud');
  const taken = withoutOption(changed, 'cloud', 'name');
  expect(valuesOf(taken, 'cloud', 'name')).toEqual([]);
  expect(valuesOf(taken, 'x', 'name')).toEqual(valuesOf(text, 'x', 'name'));
  expect(valuesOf(configFile(text, CLOUDS.AzureCloud), 'cloud', 'name')).toEqual(['AzureCloud']);
});

campaign('a section that is taken away is gone, and the others stay', ini, (text) => {
  const rest = withoutSection(text, 'AzureCloud');
  expect(rest).not.toMatch(/^\s*\[AzureCloud\]/m);
  expect(withoutSection(rest, 'AzureCloud')).toBe(rest);
  for (const other of ['x', 'cloud'])
    expect(valuesOf(rest, other, 'name')).toEqual(valuesOf(text.trim(), other, 'name'));
  expect(typeof cloudsFile(text, CLOUDS.AzureCloud, null)).toBe('string');
  expect([true, false, null]).toContain(encryptionIn(text, undefined));
});

const subscription = fc.record({
  id: fc.oneof(fc.uuid(), hostile),
  name: hostile,
  state: fc.constantFrom('Enabled', 'Disabled'),
  homeTenantId: hostile,
  managedByTenants: fc.array(hostile),
});
const account = fc.record({
  clientId: fc.uuid(),
  tenantId: fc.uuid(),
  cloud: hostile,
  subscriptions: fc.array(subscription, { maxLength: 3 }),
  subscriptionId: fc.option(fc.uuid()),
});

campaign(
  'whatever Resource Manager calls a subscription, the files of az hold it and no more',
  fc.tuple(account, anyToken),
  ([whom, token]) => {
    const profile = profileFile(whom, managedIdentity(whom.clientId), whom.tenantId);
    const { subscriptions } = JSON.parse(profile.slice(1));
    expect(subscriptions).toHaveLength(Math.max(1, whom.subscriptions.length));
    expect(clientIn(profile)).toBe(whom.clientId);
    const cached = tokenCacheFile(
      whom,
      'login.microsoftonline.com',
      [{ scope: 's', token, expiresAt: 1 }],
      0,
    );
    expect(cached).toContain(JSON.stringify(token));
    expect(JSON.parse(cached)).toBeTypeOf('object');
  },
);

const user = fc.oneof(anyJson, recordOf({ name: anyJson, assignedIdentityInfo: hostile }));

campaign(
  'a profile of az names a client, or nobody',
  fc.oneof(
    hostile,
    fc
      .oneof(anyJson, recordOf({ subscriptions: fc.array(recordOf({ isDefault: fc.boolean(), user })) }))
      .map((json) => JSON.stringify(json)),
  ),
  (text) => {
    const client = clientIn(text);
    expect(client === null || typeof client === 'string').toBe(true);
    const id = installationIdIn(text);
    expect(id === null || text.includes(id)).toBe(true);
  },
);

const number = fc.nat().map(String);

campaign(
  'a launcher names its interpreter whatever stands around it, and a package its version',
  fc.tuple(hostile, hostile, number, number),
  ([a, b, minor, patch]) => {
    const directories = directoriesIn(`${a} /opt/az/bin/python3 ${b}`, a);
    expect(directories).toContain('/opt/az/bin');
    for (const directory of directories) expect(directory).toMatch(/\/(bin|site-packages)$/);
    const read = versionOfMetadata(`azure_cli-2.${minor}.${patch}.dist-info`);
    expect(read).toEqual({ text: `2.${minor}.${patch}`, major: 2, minor: Number(minor) });
    const other = versionOfMetadata(`azure_cli-2.${minor}${a}.dist-info`);
    if (other) expect(Number.isInteger(other.minor)).toBe(true);
  },
);
