import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Environment } from './effects.ts';

/** What the file system tells of the az on PATH, without running it. */
export interface AzOnPath {
  readonly program: string;
  /** Names of package metadata, `azure_cli-…`. */
  readonly metadata: readonly string[];
}

/** What a directory of az's (AZURE_CONFIG_DIR) holds; texts are empty where a file is absent or too large. */
export interface AzDirectory {
  readonly path: string;
  readonly config: string;
  /** Its clouds.config: clouds of the user's own, and defaults. */
  readonly clouds: string;
  readonly profile: string;
  /** Indexes that save az seconds where they are at hand: name → content. */
  readonly indexes: Readonly<Record<string, string>>;
  readonly hasExtensions: boolean;
  readonly hasBin: boolean;
}

const NO_DIRECTORY: AzDirectory = {
  path: '',
  config: '',
  clouds: '',
  profile: '',
  indexes: {},
  hasExtensions: false,
  hasBin: false,
};

const LARGEST_LAUNCHER = 64 * 1024;
const LARGEST_FILE = 8 * 1024 * 1024;
const INDEXES = ['commandIndex.json', 'extensionIndex.json', 'helpIndex.json'];

/** Finds az as a shell would; null where it is not installed. `directoriesIn` reads a launcher script. */
export function findAz(
  env: Environment,
  platform: string,
  directoriesIn: (script: string, directory: string) => string[],
): AzOnPath | null {
  const names = platform === 'win32' ? ['az.cmd', 'az.exe', 'az.bat'] : ['az'];
  const path = env['PATH'] ?? env['Path'] ?? '';
  const programs = path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .flatMap((directory) => names.map((name) => join(directory, name)));
  const program = programs.find(isProgram);
  if (program === undefined) return null;
  const real = realpathSync(program);
  const named = directoriesIn(textOf(real, LARGEST_LAUNCHER), dirname(real));
  const places = [dirname(dirname(real)), dirname(dirname(program)), ...named.map(placeOf)].flatMap(
    packageDirectories,
  );
  const metadata = places.flatMap(namesIn).filter((name) => name.startsWith('azure_cli-'));
  return { program, metadata };
}

/**
 * The directory of az as this job has it: where AZURE_CONFIG_DIR points, which may be to one that an earlier sign-in left;
 * else `~/.azure`. Null where the user has no home: what lies in the working directory may be anybody's. `homeOf` throws
 * where the system does not know the user either.
 */
export function ownAzDirectory(env: Environment, homeOf: () => string): string | null {
  const set = env['AZURE_CONFIG_DIR'];
  if (set) return resolve(set);
  const home = homeOrNull(homeOf);
  return home !== null && isAbsolute(home) ? join(home, '.azure') : null;
}

function homeOrNull(homeOf: () => string): string | null {
  try {
    return homeOf();
  } catch {
    return null;
  }
}

/** Looks into a directory of az's without changing it; null is none. */
export function readAzDirectory(path: string | null): AzDirectory {
  if (path === null) return NO_DIRECTORY;
  const text = (name: string) => textOf(join(path, name), LARGEST_FILE);
  return {
    path,
    config: text('config'),
    clouds: text('clouds.config'),
    profile: text('azureProfile.json'),
    indexes: Object.fromEntries(INDEXES.map((name) => [name, text(name)]).filter(([, content]) => content)),
    hasExtensions: existsSync(join(path, 'cliextensions')),
    hasBin: existsSync(join(path, 'bin')),
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function textOf(path: string, largest: number): string {
  try {
    return statSync(path).size <= largest ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

// `…/bin` of an interpreter has its packages beside it.
function placeOf(directory: string): string {
  return directory.endsWith('site-packages') ? directory : dirname(directory);
}

function packageDirectories(place: string): string[] {
  if (place.endsWith('site-packages')) return [place];
  const libraries = ['lib', 'lib64', 'libexec/lib'].map((name) => join(place, name));
  const pythons = libraries.flatMap((library) =>
    namesIn(library)
      .filter((name) => name.startsWith('python'))
      .flatMap((name) => [join(library, name, 'site-packages'), join(library, name, 'dist-packages')]),
  );
  return [...pythons, join(place, 'Lib/site-packages')];
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
