import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { vitest } from './vitest.ts';

// `npm test`: all tests where there is no network but loopback, and where the metadata addresses of the clouds are listened
// to, so that whatever goes round the proxy is noticed. `inside` does the work, within the namespace. Where no namespace can
// be made, the tests run all the same.
const asked = process.argv.slice(2);
const possible = spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
if (!possible) {
  process.stderr.write(
    'Left out, because this machine does not let us make a network namespace: nothing leaves loopback\n',
  );
}
const [program, args] = possible
  ? ['unshare', ['-rn', process.execPath, join(import.meta.dirname, 'inside.ts'), ...asked]]
  : vitest(asked);
const { status } = spawnSync(program, args, { stdio: 'inherit' });
process.exit(status ?? 1);
