import { expect, test } from 'vitest';
import { helpOf, USAGE } from '../../../src/cli/help.ts';
import { COMMANDS, OPTIONS } from '../../../src/cli/options.ts';

test.each(COMMANDS)('the help of %s is its own and tells of each option', (command) => {
  const lines = helpOf(command).split('\n');
  expect(lines[0]).toMatch(new RegExp(`^entra-federate ${command}\\b`));
  const told = lines.flatMap((line) => /^ {2}--(\S+) +\S/.exec(line)?.[1] ?? []);
  expect(told).toEqual(OPTIONS[command]);
  expect(lines.filter((line) => line.length > 120 || line.includes('undefined'))).toEqual([]);
  expect(USAGE).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
});

test('the help of validate names the defaults of the action', () => {
  expect(helpOf('validate')).toMatch(/--cloud .*\(default: AzureCloud\)/);
  expect(helpOf('validate')).toMatch(/--fail-on .*\(default: high\)/);
});
