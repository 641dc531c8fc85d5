import { expect, test } from 'vitest';
import { commandLine } from '../../../src/io/run-az.ts';

test('every word of a command for cmd.exe stands in quotation marks', () => {
  expect(commandLine(['C:\\Program Files\\az.cmd', 'login', '@C:\\R&D (1)\\^t'])).toBe(
    '"C:\\Program Files\\az.cmd" "login" "@C:\\R&D (1)\\^t"',
  );
});

test.each(['a"b', '%PATH%', 'a!b', 'a\nb', 'a\rb'])('%j is not handed to cmd.exe', (word) => {
  expect(() => commandLine(['az', word])).toThrow('cmd.exe would read a part of this');
});
