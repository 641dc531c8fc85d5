import { expect, test } from 'vitest';
import { isAwsRegion, isOfAws, stsHost } from '../../../src/io/aws-hosts.ts';

test.each([
  'https://sts.eu-central-1.amazonaws.com/',
  'https://sts.us-gov-west-1.amazonaws.com',
  'https://sts-fips.us-east-1.amazonaws.com',
  'https://sts.cn-north-1.amazonaws.com.cn',
  'https://sts.eusc-de-east-1.amazonaws.eu',
  'https://sts.eu-west-1.api.aws',
  'https://vpce-0a1b2c-d3e4.sts.eu-west-1.vpce.amazonaws.com',
  'https://vpce-0a1b2c-d3e4-eu-west-1a.sts.eu-west-1.vpce.amazonaws.com',
  'https://portal.sso.eu-west-1.amazonaws.com',
])('%s is of AWS', (url) => {
  expect(isOfAws(new URL(url))).toBe(true);
});

test.each([
  'http://sts.eu-central-1.amazonaws.com',
  'https://sts.eu-central-1.amazonaws.com.evil.example',
  'https://evil.example/sts.eu-central-1.amazonaws.com',
  'https://sts.eu-central-1.amazonaws.com@evil.example',
  'https://evil-sts.eu-central-1.amazonaws.com',
  // Anybody may have a bucket, a gateway or a function by such a name.
  'https://sts.s3.amazonaws.com',
  'https://sts.s3-eu-west-1.amazonaws.com',
  'https://sts.eu-west-1.s3.amazonaws.com',
  'https://abc123.execute-api.eu-west-1.amazonaws.com',
  'https://127.0.0.1',
])('%s is not', (url) => {
  expect(isOfAws(new URL(url))).toBe(false);
});

test.each([
  ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
  ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu'],
])('the token service of %s is one that may be asked', (region, host) => {
  expect([isAwsRegion(region), stsHost(region), isOfAws(new URL(`https://${host}`))]).toEqual([
    true,
    host,
    true,
  ]);
});
