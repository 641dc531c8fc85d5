import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Runs the tests of real clients where there is no network but loopback, and where the metadata addresses of the clouds
// are listened to: whatever goes round the proxy is noticed. `inside` does the work, within the namespace.
const inside = join(import.meta.dirname, 'inside.ts');
const possible = spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
if (!possible) {
  process.stderr.write(
    'Left out, because this machine does not let us make a network namespace: nothing leaves loopback\n',
  );
  process.exit(0);
}
const { status } = spawnSync('unshare', ['-rn', process.execPath, inside], { stdio: 'inherit' });
process.exit(status ?? 1);
