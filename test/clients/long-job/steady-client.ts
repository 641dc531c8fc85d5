import { DefaultAzureCredential } from '@azure/identity';
import { variable } from '../programs/outcome.ts';

// A client that lives as long as the job: every few minutes it lists resource groups, as a deployment that takes hours
// would, and needs a token for another audience. It says what came of each turn, a line of JSON each.
const EVERY_MS = 5 * 60_000;
const SECOND_AUDIENCE_AFTER_MS = 8 * 60_000;
const ARM = 'https://management.core.windows.net//.default';
const GROUPS = `https://management.azure.com/subscriptions/${variable('AZURE_SUBSCRIPTION_ID')}/resourcegroups?api-version=2021-04-01`;

const credential = new DefaultAzureCredential();
const startedAt = Date.now();

async function listGroups(): Promise<number> {
  const { token } = await credential.getToken(ARM);
  const { status } = await fetch(GROUPS, { headers: { authorization: `Bearer ${token}` } });
  return status;
}

async function turn(): Promise<void> {
  const minute = Math.round((Date.now() - startedAt) / 60_000);
  try {
    const groups = await listGroups();
    const second = Date.now() - startedAt >= SECOND_AUDIENCE_AFTER_MS;
    if (second) await credential.getToken('https://vault.azure.net/.default');
    process.stdout.write(`${JSON.stringify({ minute, groups, second })}\n`);
  } catch (error) {
    const text = String(error);
    const failure = /AADSTS\d+/.exec(text)?.[0] ?? text.split('\n')[0];
    process.stdout.write(`${JSON.stringify({ minute, failure })}\n`);
  }
}

await turn();
setInterval(() => void turn(), EVERY_MS);
