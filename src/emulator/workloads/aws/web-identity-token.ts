import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json-object.ts';
import type { AwsAccount, AwsKey } from '../entities.ts';
import { StsError } from './errors.ts';
import { type SigningAlgorithm, signAccountToken } from './keys.ts';

/** What a call of GetWebIdentityToken asks for. */
export interface TokenRequest {
  audiences: string[];
  algorithm: SigningAlgorithm;
  durationSeconds: number;
  tags: Record<string, string>;
}

const MAX_AUDIENCES = 10;
const MAX_AUDIENCE_LENGTH = 1000;

function invalid(name: string, value: string, constraint: string): StsError {
  const detail = `Value ${value} at '${name}' failed to satisfy constraint: ${constraint}`;
  return new StsError(400, 'ValidationError', `1 validation error detected: ${detail}`);
}

function members(form: URLSearchParams, pattern: RegExp): string[] {
  return [...form].filter(([name]) => pattern.test(name)).map(([, value]) => value);
}

/** Reads the parameters. Throws an StsError ValidationError. Source: AWS STS, API reference of GetWebIdentityToken. */
export function readTokenRequest(form: URLSearchParams): TokenRequest {
  const audiences = members(form, /^Audience\.member\.\d+$/);
  const algorithm = form.get('SigningAlgorithm');
  const durationSeconds = Number(form.get('DurationSeconds') ?? 300);
  if (audiences.length === 0) throw invalid('audience', 'null', 'Member must not be null');
  if (audiences.length > MAX_AUDIENCES)
    throw invalid('audience', '[…]', `Member must have length less than or equal to ${MAX_AUDIENCES}`);
  if (audiences.some((one) => one === '' || one.length > MAX_AUDIENCE_LENGTH))
    throw invalid('audience', '[…]', 'Member must have length between 1 and 1000');
  if (algorithm !== 'RS256' && algorithm !== 'ES384')
    throw invalid('signingAlgorithm', `'${algorithm}'`, 'Member must satisfy enum value set: [RS256, ES384]');
  if (!Number.isInteger(durationSeconds) || durationSeconds < 60 || durationSeconds > 3600)
    throw invalid('durationSeconds', `'${durationSeconds}'`, 'Member must have value between 60 and 3600');
  const names = members(form, /^Tags\.member\.\d+\.Key$/);
  const values = members(form, /^Tags\.member\.\d+\.Value$/);
  const tags = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  return { audiences, algorithm, durationSeconds, tags };
}

function claimsOf(asked: TokenRequest, key: AwsKey, account: AwsAccount, region: string): JsonObject {
  const iat = Math.floor(Date.now() / 1000);
  const [only, second] = asked.audiences;
  return {
    aud: second === undefined ? only : asked.audiences,
    sub: key.principalArn,
    'https://sts.amazonaws.com/': {
      aws_account: account.accountId,
      source_region: region,
      principal_id: key.principalArn,
      ...(Object.keys(asked.tags).length > 0 && { request_tags: asked.tags }),
    },
    iss: account.issuer,
    iat,
    exp: iat + asked.durationSeconds,
    jti: randomUUID(),
  };
}

/**
 * The token of a principal of the account. Throws an StsError: AccessDenied, OutboundWebIdentityFederationDisabled,
 * SessionDurationEscalation. Source: AWS IAM, "Understanding token claims" of outbound identity federation.
 */
export async function webIdentityToken(
  asked: TokenRequest,
  key: AwsKey,
  account: AwsAccount,
  region: string,
): Promise<{ token: string; expiresAt: number }> {
  if (!key.mayGetTokens)
    throw new StsError(
      403,
      'AccessDenied',
      `User: ${key.principalArn} is not authorized to perform: sts:GetWebIdentityToken because no identity-based policy allows the sts:GetWebIdentityToken action`,
    );
  if (!account.federationEnabled)
    throw new StsError(
      403,
      'OutboundWebIdentityFederationDisabledException',
      'Outbound web identity federation is disabled for the account.',
    );
  const claims = claimsOf(asked, key, account, region);
  const expiresAt = Number(claims['exp']);
  if (key.expiresAt !== null && expiresAt > key.expiresAt)
    throw new StsError(
      403,
      'SessionDurationEscalationException',
      'The requested token duration would extend the session beyond its original expiration time.',
    );
  const token = await signAccountToken(claims, asked.algorithm, account.issuer, account.keyGeneration);
  return { token, expiresAt };
}
