import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { INPUT_TABLE } from '../../../src/inputs/table.ts';

test.each([
  [['demo'], { name: 'demo', asks: null }],
  [['emulator'], { name: 'emulator', seed: null, port: 0 }],
  [['emulator', '--seed', 'f', '--port=8080'], { name: 'emulator', seed: 'f', port: 8080 }],
  [['--version'], { name: 'version' }],
  [['-v'], { name: 'version' }],
  [['version'], { name: 'version' }],
  [['--help'], { name: 'usage', problem: null }],
  [['-h'], { name: 'usage', problem: null }],
  [['help'], { name: 'usage', problem: null }],
  [['help', 'help'], { name: 'usage', problem: null }],
  [['help', 'lint'], { name: 'usage', problem: null, about: 'lint' }],
  [['validate', '--help'], { name: 'usage', problem: null, about: 'validate' }],
  [['validate', '-h', '--probe=x'], { name: 'usage', problem: null, about: 'validate' }],
  [['help', 'dance'], { name: 'usage', problem: "unknown command 'dance'" }],
  [['dance', '--help'], { name: 'usage', problem: "unknown command 'dance'" }],
  [['match', '--file', '-'], { name: 'match', json: false, file: '-' }],
  [[], { name: 'usage', problem: 'a command is missing' }],
  [['dance'], { name: 'usage', problem: "unknown command 'dance'" }],
  [['demo', 'twice'], { name: 'usage', problem: "unexpected argument 'twice'" }],
  [['demo', '--port', '1'], { name: 'usage', problem: "'demo' takes no option --port" }],
  [['emulator', '--port', '70000'], { name: 'usage', problem: "'70000' is not a port" }],
  [['match', '--file', 'f', '--json'], { name: 'match', json: true, file: 'f' }],
  [['match'], { name: 'usage', problem: '--file is needed' }],
  [['lint', '--file=f', '--fail-on', 'low'], { name: 'lint', json: false, file: 'f', failOn: 'low' }],
  [
    ['lint', '--file=f', '--fail-on', 'x'],
    { name: 'usage', problem: '--fail-on is one of critical, high, medium, low, info, never' },
  ],
  [['explain', 'AADSTS70025'], { name: 'explain', json: false, error: 'AADSTS70025' }],
  [['explain', '--file', 'f'], { name: 'explain', json: false, file: 'f' }],
  [['explain'], { name: 'usage', problem: 'explain takes --file F or one text' }],
  [['explain', 'x', '--file', 'f'], { name: 'usage', problem: 'explain takes --file F or one text' }],
  [
    ['subject', '--repository', 'o/r', '--event', 'push'],
    { name: 'subject', json: false, run: { repository: 'o/r', event: 'push' } },
  ],
  [['subject', '--probe', 'true'], { name: 'usage', problem: "'subject' takes no option --probe" }],
  [
    ['validate', '--client-id', 'c', '--probe', 'true', '--ref', 'r'],
    { name: 'validate', json: false, run: { ref: 'r' }, inputs: { 'client-id': 'c', probe: 'true' } },
  ],
  [
    ['validate', '--github-token', 'x'],
    { name: 'usage', problem: expect.stringContaining('--github-token') },
  ],
  [['__proto__'], { name: 'usage', problem: "unknown command '__proto__'" }],
])('%j', (args, expected) => {
  expect(parseCommandLine(args)).toEqual(expected);
});

test('an unknown option is a problem of usage', () => {
  expect(parseCommandLine(['demo', '--loud'])).toMatchObject({
    name: 'usage',
    problem: expect.stringContaining('--loud'),
  });
});

test.each([
  ['--identity-source', 'aws', 'in a workflow'],
  ['--identity-source', 'file:/token', 'in a workflow'],
  ['--wait-for-trust', '60', 'presents no token'],
  ['--mask-ids', 'true', 'log of a workflow'],
  ['--tokens', 'graph', 'later step'],
  ['--sessions', 'az', 'later step'],
  ['--keep-alive', 'true', 'later step'],
  ['--keep-alive-resources', 'arm', 'later step'],
  ['--export-access-token', 'T', 'later step'],
  ['--github-token', 'x', 'GITHUB_TOKEN'],
  ['--mode', 'login', 'the command is the mode'],
])('validate refuses %s %s, and says why', (flag, value, why) => {
  expect(parseCommandLine(['validate', '--client-id', 'c', flag, value])).toEqual({
    name: 'usage',
    problem: expect.stringMatching(`^'validate' takes no ${flag} here: .*${why}`),
  });
});

test('validate takes the source that it foretells, and no flag of the action is without a meaning or a reason', () => {
  const args = ['validate', '--identity-source', 'github'];
  expect(parseCommandLine(args)).toMatchObject({ name: 'validate' });
  for (const name of Object.keys(INPUT_TABLE)) {
    const problem = /takes no --|^$/;
    const parsed = parseCommandLine(['validate', `--${name}=x`]);
    expect(parsed.name === 'usage' ? parsed.problem : '').toMatch(problem);
  }
});
