import { type Credential, readCredential } from '../../trust/credential.ts';
import { type Known, known, unknown } from '../model.ts';

/** Credentials as a service listed them. One that cannot be understood leaves the list incomplete, and so unknown. */
export function readCredentialList(items: readonly unknown[]): Known<readonly Credential[]> {
  const read = items.map((item, index) => readCredential(item, `#${index + 1}`));
  const understood = read.filter((credential) => credential !== null);
  const lost = read.length - understood.length;
  return lost === 0
    ? known(understood)
    : unknown(`${lost} of ${read.length} federated credentials could not be understood`, understood);
}
