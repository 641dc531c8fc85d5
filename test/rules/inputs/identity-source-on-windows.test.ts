import { expect, test, vi } from 'vitest';
import { parseIdentitySource } from '../../../src/inputs/identity-source.ts';

vi.mock('node:path', async (original) => (await original<typeof import('node:path')>()).win32);

test.each(['C:\\run\\token', 'c:/run/token', '\\\\server\\share\\token', 'D:\\a: stream'])(
  'file:%s is a file, whatever colons it has',
  (path) => {
    expect(parseIdentitySource(`file:${path}`)).toEqual({ kind: 'file', path });
  },
);

test.each(['C:token', 'run\\token', '.\\token'])(
  'file:%s depends on where the step is, and is refused',
  (path) => {
    expect(() => parseIdentitySource(`file:${path}`)).toThrow('names no absolute path');
  },
);
