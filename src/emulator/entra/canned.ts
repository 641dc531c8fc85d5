import { decodeJwt } from '../jwt.ts';
import { Refusal, refusalResponse } from './refusal.ts';

/** A code to answer with whatever the request says. */
export interface CannedCode {
  code: number;
  retryAfter?: string;
  status?: number;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The refusal with this code, its text filled from what the request presents. For faults. */
export async function cannedRefusal(
  request: Request,
  { code, retryAfter, status }: CannedCode,
): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const claims = decodeJwt(form.get('client_assertion') ?? '')?.payload ?? {};
  const tenant = new URL(request.url).pathname.split('/')[1] ?? '';
  const values = {
    tenant,
    tenantId: tenant,
    directory: tenant,
    clientId: form.get('client_id') ?? '',
    scope: form.get('scope') ?? '',
    resource: form.get('scope') ?? form.get('resource') ?? '',
    issuer: text(claims['iss']),
    subject: text(claims['sub']),
    audience: text(claims['aud']),
  };
  const options = {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(status !== undefined && { status }),
  };
  return refusalResponse(new Refusal(code, values), request, Date.now(), options);
}
