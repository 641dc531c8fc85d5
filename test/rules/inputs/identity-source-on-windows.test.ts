import { win32 } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

// Files share the modules of their worker: this one has its own, and leaves none of them.
vi.resetModules();
vi.doMock('node:path', () => win32);
const { parseIdentitySource } = await import('../../../src/inputs/identity-source.ts');
afterAll(() => {
  vi.doUnmock('node:path');
  vi.resetModules();
});

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
