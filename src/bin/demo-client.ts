import { DefaultAzureCredential } from '@azure/identity';
import type { DemoQuestion } from '../cli/command-line.ts';
import { createSend } from '../io/http.ts';
import { isRecord } from '../trust/claims.ts';
import { CLOUDS, defaultScope } from '../trust/clouds.ts';
import { VERSION } from './version.ts';

/** What a step with an Azure SDK would do, as whoever it finds itself signed in as: 0 when it could. */
export function answerDemo(question: DemoQuestion, print: (line: string) => void): Promise<number> {
  const credential = new DefaultAzureCredential();
  return question.kind === 'groups'
    ? listGroups(question.subscription, credential, print)
    : getToken(question.resource, credential, print);
}

async function getToken(
  resource: string,
  credential: DefaultAzureCredential,
  print: (line: string) => void,
): Promise<number> {
  const { tokenType = 'Bearer' } = await credential.getToken(defaultScope(resource));
  print(tokenType);
  return 0;
}

async function listGroups(
  subscription: string,
  credential: DefaultAzureCredential,
  print: (line: string) => void,
): Promise<number> {
  const { resources, managementEndpoint } = CLOUDS.AzureCloud;
  const { token } = await credential.getToken(defaultScope(resources.arm ?? ''));
  const url = new URL(
    `${managementEndpoint}/subscriptions/${subscription}/resourcegroups?api-version=2021-04-01`,
  );
  const headers = { authorization: `Bearer ${token}` };
  const send = createSend(`entra-federate/${VERSION}`);
  const { status, body } = await send({ method: 'GET', url, headers }, 30_000, new AbortController().signal);
  const json: unknown = JSON.parse(body);
  const groups = isRecord(json) && Array.isArray(json['value']) ? json['value'].filter(isRecord) : [];
  for (const { name } of groups) print(String(name));
  return status === 200 ? 0 : 1;
}
