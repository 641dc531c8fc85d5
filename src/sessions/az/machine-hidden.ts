import type { Environment } from '../../io/effects.ts';
import type { AzForm } from './form.ts';

/**
 * The variable that keeps an az from asking the machine: it looks whether that is there, not whether it holds anything.
 * No step can remove what an earlier sign-in has set (`isOurs`), and emptied it is no address. Null where nothing does.
 * Source: `managed_identity.py` of MSAL for Python; `azure_active_directory.py` of msrestazure for older ones.
 */
export function hidesMachineFromAz(
  form: AzForm,
  env: Environment,
  isOurs: (endpoint: string) => boolean,
): string | null {
  const [name, beside] =
    form === 'msi-endpoint' ? ['MSI_ENDPOINT', 'MSI_ENDPOINT'] : ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'];
  const value = env[name];
  if (value === undefined || env[beside] === undefined) return null;
  return value === '' || isOurs(value) ? name : null;
}

/** Why az cannot be signed in as the machine, as the rest of a sentence that names az. */
export function hiddenText(variable: string): string {
  return `which cannot ask this machine for tokens in this job: an earlier sign-in with \`keep-alive\` has set ${variable}, no step can remove a variable, and az takes it for set where it is empty, too.`;
}

/** What to do about that. */
export const HIDDEN_REMEDY =
  'Give the earlier sign-in `sessions: none`, and its outputs to the steps that need it; or sign in as the machine in a job of its own.';
