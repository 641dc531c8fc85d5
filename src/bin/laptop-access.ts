import { DefaultAzureCredential } from '@azure/identity';
import type { ValidateInputs } from '../inputs/inputs.ts';
import { guardClaims } from '../login/guards.ts';
import type { JsonReader } from '../rest/json.ts';
import { cloudOfAuthority, defaultScope } from '../trust/clouds.ts';
import type { RunFacts } from '../trust/subject/predict.ts';
import type { Access } from '../validate/access.ts';
import { foretell } from '../validate/foretold.ts';
import { known, unknown, valueIfKnown } from '../validate/model.ts';
import { type GitHubObserved, readGitHub } from '../validate/observe/github.ts';
import { predictClaims } from '../validate/prediction.ts';
import { whyNoToken } from './not-signed-in.ts';

const NOT_TRIED = {
  outcome: 'not-tried',
  reason: 'only a run in GitHub Actions has a token to present',
} as const;

/** How a validation from a laptop reaches the world: as the person who is signed in, for a run that is described. */
export function laptopAccess(
  inputs: ValidateInputs,
  run: RunFacts,
  serverUrl: string,
  github: { readonly reader: JsonReader; readonly api: URL } | null,
): Access {
  const credential = new DefaultAzureCredential({
    tenantId: inputs.readerTenantId,
    authorityHost: `https://${inputs.cloud.authority}`,
    // An authority of its own is not one that Microsoft's would vouch for.
    disableInstanceDiscovery: cloudOfAuthority(inputs.cloud.authority) === null,
    ...(inputs.readerClientId === inputs.clientId ? {} : { managedIdentityClientId: inputs.readerClientId }),
  });
  return {
    async present() {
      const read: GitHubObserved | null =
        github && (await readGitHub(github.reader, github.api, run.repository));
      const repository = read && valueIfKnown(read.repository);
      const facts = {
        ...run,
        repository: spelling(run.repository, repository?.fullName),
        ownerId: run.ownerId ?? repository?.ownerId ?? null,
        repositoryId: run.repositoryId ?? repository?.id ?? null,
      };
      const presented = predictClaims(
        facts,
        inputs.audience,
        serverUrl,
        read && valueIfKnown(read.customization),
      );
      const { decided, open } = foretell(inputs.requireClaims, presented);
      guardClaims(decided, presented.claims);
      const told = open.map(
        ({ claim, operator, value }) =>
          `whether the token meets '${claim}${operator}${value}' (require-claims) only a run can show`,
      );
      return { ...presented, open: told };
    },
    exchange: async () => NOT_TRIED,
    probe: async () => NOT_TRIED,
    async readerToken(resource) {
      try {
        const { token } = await credential.getToken(defaultScope(inputs.cloud.resources[resource] ?? ''));
        return known(token);
      } catch (error) {
        return unknown(whyNoToken(resource, error));
      }
    },
  };
}

// GitHub puts its own spelling into the subject, and Entra compares case-sensitively.
function spelling(given: string, own: string | undefined): string {
  return own !== undefined && own.toLowerCase() === given.toLowerCase() ? own : given;
}
