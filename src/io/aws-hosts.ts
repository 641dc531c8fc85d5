const REGION = '[a-z]{2,4}(-[a-z]+)+-\\d{1,2}';
const REGION_ALONE = new RegExp(`^${REGION}$`);
/**
 * The Security Token Service, by its regional names and those of VPC endpoints, and what credentials of a profile may
 * come from (IAM Identity Center, AWS Sign-In). Not every name below amazonaws.com: anybody may have a bucket there.
 * Source: AWS General Reference, "Service endpoints"; AWS Security Token Service, "VPC endpoints".
 */
const HOST = new RegExp(
  `^((vpce-[a-z0-9-]+\\.)?sts(-fips)?(\\.${REGION}(\\.vpce)?)?|(portal\\.sso|oidc)\\.${REGION})\\.(amazonaws\\.com(\\.cn)?|amazonaws\\.eu|api\\.aws)$|^(${REGION}\\.)?signin\\.aws\\.amazon\\.com$`,
);

/** Whether AWS itself answers there, over TLS: AWS_ENDPOINT_URL and profiles may name any host. */
export function isOfAws({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return protocol === 'https:' && HOST.test(hostname);
}

/** Whether a text has the form of a region's name: `eu-central-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export function isAwsRegion(text: string): boolean {
  return REGION_ALONE.test(text);
}

/** The host of the Security Token Service in a region, by the partition that it belongs to. */
export function stsHost(region: string): string {
  if (region.startsWith('cn-')) return `sts.${region}.amazonaws.com.cn`;
  return `sts.${region}.${region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com'}`;
}
