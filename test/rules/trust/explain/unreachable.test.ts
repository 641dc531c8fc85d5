import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { explain } from '../../../../src/trust/explain/explain.ts';
import { read } from './reports.ts';

const told = (error: string) => explain(read({ error }));

test.each([
  'Error: unable to get local issuer certificate',
  'FetchError: request to https://login.microsoftonline.com failed, reason: self-signed certificate in certificate chain',
  'tls-untrusted: the certificate presented for login.microsoftonline.com (SELF_SIGNED_CERT_IN_CHAIN) is not trusted, so nothing was sent.',
  'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed',
  'x509: certificate signed by unknown authority',
])('a certificate that is not trusted is mended by naming its CA: %s', (error) => {
  const { cause, explanation, fix } = told(error);
  expect([cause, explanation]).toEqual([
    'network-transient',
    expect.stringContaining('docs/runners.md#proxies'),
  ]);
  expect(Object.keys(parse(fix.workflow ?? '').jobs.deploy.env)).toEqual([
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
  ]);
  expect(fix.workflow).not.toContain('timeout');
});

test.each([
  'Error: getaddrinfo ENOTFOUND login.microsoftonline.com',
  'connect ECONNREFUSED 20.190.160.1:443',
  'connect ETIMEDOUT 20.190.160.1:443',
  'dial tcp: lookup login.microsoftonline.com: no such host',
  'curl: (6) Could not resolve host: login.microsoftonline.com',
])('what may last names firewall, DNS, proxy and the hosts, beside trying again: %s', (error) => {
  const { cause, explanation, fix } = told(error);
  expect(cause).toBe('network-transient');
  for (const words of ['firewall, DNS and proxy', '`login.microsoftonline.com`', 'docs/runners.md#proxies'])
    expect(explanation).toContain(words);
  expect(fix.workflow).toContain('timeout');
});

test('a connection that ends within TLS says nothing of a certificate', () => {
  const { cause, fix } = told('SSL: UNEXPECTED_EOF_WHILE_READING, EOF occurred in violation of protocol');
  expect([cause, fix.workflow]).toEqual(['network-transient', expect.stringContaining('timeout')]);
});

test('what passes by itself is not laid at the door of a firewall', () => {
  expect(told('read ECONNRESET').explanation).not.toContain('firewall');
  const throttled = told('AADSTS90055: throttled, self-signed certificate');
  expect(throttled.fix.workflow).toContain('timeout');
});
