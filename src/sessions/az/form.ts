/** A released version of the Azure CLI. */
export interface AzVersion {
  readonly major: number;
  readonly minor: number;
  /** As az itself prints it. */
  readonly text: string;
}

/** What az was found on this machine. */
export interface AzInstallation {
  readonly program: string;
  /** Null where its package metadata were not found. */
  readonly version: AzVersion | null;
  /** Whether it keeps its sessions encrypted: on Windows unless the user's config says otherwise. */
  readonly encrypts: boolean;
}

/**
 * How az is signed in. `files`: its own session files, written by us. `login`: `az login`, once. With an endpoint that
 * renews, the profile of a managed identity, read by az through MSAL (`msal-switched`: only when told to), or, by older
 * ones, through MSI_ENDPOINT.
 */
export type AzForm = 'files' | 'login' | 'msal' | 'msal-switched' | 'msi-endpoint';

const KNOWN_MAJOR = 2;
/** az keeps service principals in MSAL's files since this release. */
const FIRST_OF_MSAL_FILES = 30;
const FIRST_WITH_MSAL_IDENTITY = 73;
const FIRST_WITH_SWITCHED_IDENTITY = 71;

/**
 * The form for the az that is there. An unknown version gets what every current az understands.
 * Source: release notes of the Azure CLI (2.30.0: MSAL; 2.71.0: `core.use_msal_managed_identity`; 2.73.0: the default).
 */
export function azForm({ version, encrypts }: Omit<AzInstallation, 'program'>, renewing: boolean): AzForm {
  const minor = version?.major === KNOWN_MAJOR ? version.minor : null;
  if (renewing) return renewingForm(minor);
  return minor !== null && minor >= FIRST_OF_MSAL_FILES && !encrypts ? 'files' : 'login';
}

function renewingForm(minor: number | null): AzForm {
  if (minor === null || minor >= FIRST_WITH_MSAL_IDENTITY) return 'msal';
  return minor >= FIRST_WITH_SWITCHED_IDENTITY ? 'msal-switched' : 'msi-endpoint';
}

/** The version in the name of a Python package's metadata (PEP 376, setuptools): `azure_cli-2.91.0.dist-info`. */
export function versionOfMetadata(name: string): AzVersion | null {
  const [, text, major, minor] =
    /^azure_cli-((\d+)\.(\d+)[\w.+]*?)(?:-py[\d.]+)?\.(?:dist|egg)-info$/i.exec(name) ?? [];
  return text && major && minor ? { text, major: Number(major), minor: Number(minor) } : null;
}

/**
 * The directories that a launcher script of az names: those of interpreters (`…/bin`) and of packages. Microsoft's
 * packages bring a Python of their own and name it beside `$bin_dir`, the directory of the script.
 */
export function directoriesIn(script: string, scriptDirectory: string): string[] {
  const named = script.matchAll(/(\$\{?bin_dir\}?)?(\/[\w./+-]*\/(?:bin(?=\/python)|site-packages))/g);
  return [...named].map(([, relative, path = '']) => (relative ? `${scriptDirectory}${path}` : path));
}
