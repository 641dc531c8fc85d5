import { expect, test } from 'vitest';
import { isPublicIssuer, issuerCause, serverOf } from '../../../../src/trust/explain/issuer-causes.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const GHES = 'https://ghe.acme.example/_services/token';

test.each([
  [undefined, null],
  ['', null],
  ['https://github.com', null],
  ['http://github.com/', null],
  ['https://www.github.com', null],
  ['https://github.com.example', 'https://github.com.example/_services/token'],
  ['https://proxy.example/?to=https://github.com', 'https://proxy.example/_services/token'],
  ['https://ghe.acme.example', 'https://ghe.acme.example/_services/token'],
  ['http://ghe.acme.example:8443/some/path', 'https://ghe.acme.example:8443/_services/token'],
  ['ghe.acme.example/', 'https://ghe.acme.example/_services/token'],
  ['https://octocorp.ghe.com', 'https://token.actions.octocorp.ghe.com'],
  ['https://Octocorp.GHE.com/', 'https://token.actions.Octocorp.ghe.com'],
  ['https://api.octocorp.ghe.com', 'https://api.octocorp.ghe.com/_services/token'],
  ['https://octocorp.ghe.com.example', 'https://octocorp.ghe.com.example/_services/token'],
])('runs of a server at %s present %s', (url, issuer) => {
  expect(serverOf(url)).toBe(issuer);
});

test.each([
  ['the same', GITHUB, GITHUB, null],
  ['a slash', GITHUB, `${GITHUB}/`, 'issuer-trailing-slash'],
  ['two slashes', GITHUB, `${GITHUB}//`, 'issuer-trailing-slash'],
  ['a slash of another issuer', 'https://a.example/', 'https://a.example', 'issuer-trailing-slash'],
  ['a server, github.com is trusted', GHES, GITHUB, 'issuer-ghes'],
  ['github.com, a server is trusted', GITHUB, GHES, 'issuer-ghes'],
  ['a slug', `${GITHUB}/acme`, GITHUB, 'issuer-enterprise'],
  ['another slug', `${GITHUB}/acme`, `${GITHUB}/octo`, 'issuer-enterprise'],
  ['the same slug in another case', `${GITHUB}/acme`, `${GITHUB}/Acme`, 'issuer-other'],
  ['another provider is trusted', GITHUB, 'https://gitlab.com', 'issuer-other'],
  ['another provider presents', 'https://gitlab.com', `${GITHUB}/acme`, 'issuer-other'],
])('%s', (_, presented, configured, cause) => {
  expect(issuerCause(presented, configured)).toBe(cause);
});

test("GitHub's own issuer is known with any number of slashes, and in any case", () => {
  expect([GITHUB, `${GITHUB}//`, GITHUB.toUpperCase()].map(isPublicIssuer)).toEqual([true, true, true]);
  expect([`${GITHUB}/acme`, GHES, ''].map(isPublicIssuer)).toEqual([false, false, false]);
});
