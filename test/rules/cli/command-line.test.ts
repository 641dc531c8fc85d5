import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/command-line.ts';

test.each([
  [['demo'], { name: 'demo' }],
  [['emulator'], { name: 'emulator', seed: null, port: 0 }],
  [['emulator', '--seed', 'f', '--port=8080'], { name: 'emulator', seed: 'f', port: 8080 }],
  [['--version'], { name: 'version' }],
  [['--help'], { name: 'usage', problem: null }],
  [[], { name: 'usage', problem: 'a command is missing' }],
  [['dance'], { name: 'usage', problem: "unknown command 'dance'" }],
  [['demo', 'twice'], { name: 'usage', problem: "unexpected argument 'twice'" }],
  [['demo', '--port', '1'], { name: 'usage', problem: "'demo' takes no options" }],
  [['emulator', '--port', '70000'], { name: 'usage', problem: "'70000' is not a port" }],
])('%j', (args, expected) => {
  expect(parseCommandLine(args)).toEqual(expected);
});

test('an unknown option is a problem of usage', () => {
  expect(parseCommandLine(['demo', '--loud'])).toMatchObject({
    name: 'usage',
    problem: expect.stringContaining('--loud'),
  });
});
