/** Read with `os.LookupEnv`, to which an empty variable is a set one. Source: azidentity, `workload_identity.go` and `default_azure_credential.go`. */
const SET_TO_GO = ['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_CLIENT_ID'];

/** What a person must know of variables that were emptied, because no step can remove one; null where that is nothing. */
export function emptiedText(names: readonly string[]): string | null {
  const mistaken = names.filter((name) => SET_TO_GO.includes(name));
  if (mistaken.length === 0) return null;
  const unset = mistaken.map((name) => `-u ${name}`).join(' ');
  return `${mistaken.join(', ')} of an earlier step could only be emptied: no step can remove a variable. Programs written in Go take it for set, and their DefaultAzureCredential fails: start them with \`env ${unset}\`, or give the earlier sign-in \`sessions: none\` and its outputs to the steps that need it.`;
}
