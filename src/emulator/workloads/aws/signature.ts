import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AwsKey } from '../entities.ts';
import { StsError } from './errors.ts';

/** Where a signature says that it is valid, and what it covers. */
interface Authorization {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
// AWS, "Elements of an AWS API request signature": five minutes.
const MAX_SKEW_MS = 5 * 60_000;

function readAuthorization(header: string): Authorization {
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] =
    FORM.exec(header) ?? [];
  if (signature === '')
    throw new StsError(
      400,
      'IncompleteSignature',
      'The request signature does not conform to AWS standards.',
    );
  return { accessKeyId, date, region, service, signedHeaders: names.split(';'), signature };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalRequest(request: Request, body: string, signedHeaders: readonly string[]): string {
  const { host, pathname, searchParams } = new URL(request.url);
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const value = (name: string): string =>
    (request.headers.get(name) ?? (name === 'host' ? host : '')).trim().replaceAll(/ +/g, ' ');
  const headers = signedHeaders.map((name) => `${name}:${value(name)}\n`).join('');
  return [request.method, pathname, query.join('&'), headers, signedHeaders.join(';'), sha256(body)].join(
    '\n',
  );
}

function expected(request: Request, body: string, authorization: Authorization, key: AwsKey): string {
  const { date, region, service, signedHeaders } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const time = request.headers.get('x-amz-date') ?? '';
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, body, signedHeaders))];
  const secret = hmac(`AWS4${key.secretAccessKey}`, date);
  const signing = hmac(hmac(hmac(secret, region), service), 'aws4_request');
  return hmac(signing, toSign.join('\n')).toString('hex');
}

function checkScope(
  request: Request,
  { date, region, service, signedHeaders }: Authorization,
  at: string,
): void {
  const fail = (message: string): never => {
    throw new StsError(403, 'SignatureDoesNotMatch', message);
  };
  if (region !== at) fail(`Credential should be scoped to a valid region, not '${region}'.`);
  if (service !== 'sts') fail("Credential should be scoped to correct service: 'sts'.");
  const time = request.headers.get('x-amz-date') ?? '';
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (!time.startsWith(date) || !(Math.abs(Date.parse(iso) - Date.now()) <= MAX_SKEW_MS))
    fail(`Signature expired: ${time} is too far from the time of the service.`);
  const session = request.headers.has('x-amz-security-token') ? ['x-amz-security-token'] : [];
  const missing = ['host', 'x-amz-date', ...session].find((name) => !signedHeaders.includes(name));
  if (missing) fail(`'${missing}' must be a signed header.`);
}

/**
 * The key that signed the request, with Signature Version 4, for STS in the region.
 * Throws an StsError: MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId, ExpiredToken,
 * SignatureDoesNotMatch. Source: AWS, "Create a signed AWS API request" and "Common errors".
 */
export function signingKeyOf(
  request: Request,
  body: string,
  region: string,
  keys: readonly AwsKey[],
): AwsKey {
  const header = request.headers.get('authorization');
  if (!header)
    throw new StsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const authorization = readAuthorization(header);
  const key = keys.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  if (!key || request.headers.get('x-amz-security-token') !== key.sessionToken)
    throw new StsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  checkScope(request, authorization, region);
  const wanted = Buffer.from(expected(request, body, authorization, key));
  if (!timingSafeEqual(wanted, Buffer.from(authorization.signature)))
    throw new StsError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  if (key.expiresAt !== null && key.expiresAt * 1000 <= Date.now())
    throw new StsError(403, 'ExpiredToken', 'The security token included in the request is expired');
  return key;
}
