import { isForm } from '../../journal.ts';
import type { State } from '../../state.ts';
import { StsError, stsAnswer, stsErrorResponse } from './errors.ts';
import { signingKeyOf } from './signature.ts';
import { readTokenRequest, webIdentityToken } from './web-identity-token.ts';

const HOST = /^sts\.(?:([a-z]{2}(?:-[a-z]+)+-\d)\.)?amazonaws\.com$/;
const ACTION = 'GetWebIdentityToken';

/** Whether the Security Token Service answers at the host: in a region, or for all of them. */
export function isStsHost(host: string): boolean {
  return HOST.test(host);
}

async function answer(request: Request, state: State): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const region = HOST.exec(host)?.[1] ?? null;
  if (request.method !== 'POST' || pathname !== '/' || !isForm(request))
    throw new StsError(400, 'InvalidAction', 'A form is expected, sent by POST to /');
  const body = await request.text();
  const form = new URLSearchParams(body);
  const { aws } = state.workloads;
  const key = signingKeyOf(request, body, region ?? 'us-east-1', aws.keys);
  const [action, version] = [form.get('Action'), form.get('Version')];
  // AWS documents that the global endpoint does not have this action, and not how it says so.
  if (action !== ACTION || version !== '2011-06-15' || region === null)
    throw new StsError(400, 'InvalidAction', `Could not find operation ${action} for version ${version}`);
  const { token, expiresAt } = await webIdentityToken(readTokenRequest(form), key, aws, region);
  const Expiration = new Date(expiresAt * 1000).toISOString();
  return stsAnswer(ACTION, { WebIdentityToken: token, Expiration });
}

/** The Security Token Service: GetWebIdentityToken only, in the query protocol. Source: AWS STS, API reference. */
export async function handleSts(request: Request, state: State): Promise<Response> {
  try {
    return await answer(request, state);
  } catch (error) {
    if (!(error instanceof StsError)) throw error;
    return stsErrorResponse(error);
  }
}
