import type { TokenCredential } from '@azure/identity';
import { credentialNamed, type Named } from '../programs/credentials.ts';
import { variable } from '../programs/outcome.ts';

// A client that lives as long as the job: every few minutes it lists resource groups with each of its credentials, as a
// deployment that takes hours would, and needs a token for another audience. It says what came of each turn, a line of
// JSON each.
const EVERY_MS = 5 * 60_000;
const SECOND_AUDIENCE_AFTER_MS = 8 * 60_000;
const ARM = 'https://management.core.windows.net//.default';
const GROUPS = `https://management.azure.com/subscriptions/${variable('AZURE_SUBSCRIPTION_ID')}/resourcegroups?api-version=2021-04-01`;

const credentials = variable('CREDENTIALS').split(',').map(credentialNamed);
const startedAt = Date.now();

// As the clients of Azure do: on a busy machine, ten accelerated seconds are too short for a connection.
const RETRIES = 3;

async function listGroups(credential: TokenCredential): Promise<number> {
  const token = (await credential.getToken(ARM))?.token;
  for (let attempt = 0; ; attempt++) {
    try {
      return (await fetch(GROUPS, { headers: { authorization: `Bearer ${token}` } })).status;
    } catch (error) {
      if (attempt === RETRIES) throw error;
    }
  }
}

async function turn([name, credential]: Named): Promise<void> {
  const minute = Math.round((Date.now() - startedAt) / 60_000);
  try {
    const groups = await listGroups(credential);
    const second = Date.now() - startedAt >= SECOND_AUDIENCE_AFTER_MS;
    if (second) await credential.getToken('https://vault.azure.net/.default');
    process.stdout.write(`${JSON.stringify({ name, minute, groups, second })}\n`);
  } catch (error) {
    const text = String(error);
    const failure = /AADSTS\d+/.exec(text)?.[0] ?? text.split('\n')[0];
    process.stdout.write(`${JSON.stringify({ name, minute, failure })}\n`);
  }
}

const turns = () => Promise.all(credentials.map(turn));
await turns();
setInterval(() => void turns(), EVERY_MS);
