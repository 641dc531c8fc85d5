import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
}

interface Sbom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** npm's SBOM without what only development needs. npm's own `--omit dev` also leaves out what both need. */
function ofUse({ metadata, components, dependencies, ...rest }: Sbom): Sbom {
  const locked = lockedForUse();
  const used = components.filter(({ name, version }) => locked.has(`${name} ${version}`));
  const refs = new Set([metadata.component['bom-ref'], ...used.map((one) => one['bom-ref'])]);
  // npm names the project after the directory that it is in.
  const component = { ...metadata.component, name: 'entra-federate' };
  return {
    ...rest,
    metadata: { ...metadata, component },
    components: used,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}

/** What the lock file says is used: npm says of a package that it is for development if any copy of it is. */
function lockedForUse(): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<
      Record<string, { version: string; dev?: boolean; link?: boolean; optional?: boolean }>
    >;
  };
  // What is optional is Node for the machines that build (tools/node), and no part of what is built.
  const used = Object.entries(packages).filter(
    ([path, { dev, link, optional }]) => path.includes('node_modules/') && !dev && !link && !optional,
  );
  return new Set(used.map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`));
}

const whole = execFileSync(
  'npm',
  ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  },
);
process.stdout.write(`${JSON.stringify(ofUse(JSON.parse(whole) as Sbom), null, 2)}\n`);
