// tsyringe, below @peculiar/x509, does not load without it.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const DAY_MS = 86_400_000;
// Browsers and Apple's TLS refuse leaf certificates that live longer than 398 days.
const LEAF_DAYS = 30;
const EC = { name: 'ECDSA', namedCurve: 'P-256' };
const EC_SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

interface KeyPair {
  publicKey: webcrypto.CryptoKey;
  privateKey: webcrypto.CryptoKey;
}

/** A certificate with its private key, both in PEM. */
export interface PemPair {
  cert: string;
  key: string;
}

/** A certificate authority that lives as long as the emulator. */
export interface CertificateAuthority {
  /** The authority's own certificate, to be trusted by clients. */
  pem: string;
  /** A leaf for one DNS name; minted once, then remembered. */
  leaf(host: string): Promise<PemPair>;
}

async function ecKeyPair(): Promise<KeyPair> {
  return await crypto.subtle.generateKey(EC, true, ['sign', 'verify']);
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  // A day of grace before now covers clients whose clock is moved back by a test.
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + days * DAY_MS) };
}

function rootExtensions(key: webcrypto.CryptoKey): Promise<x509.Extension[]> {
  return Promise.all([
    new x509.BasicConstraintsExtension(true, 0, true),
    // OpenSSL's strict mode, Python's default since 3.13, wants critical key usage and both key identifiers.
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    x509.SubjectKeyIdentifierExtension.create(key),
  ]);
}

function leafExtensions(
  host: string,
  leaf: webcrypto.CryptoKey,
  root: webcrypto.CryptoKey,
): Promise<x509.Extension[]> {
  return Promise.all([
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
    x509.SubjectKeyIdentifierExtension.create(leaf),
    x509.AuthorityKeyIdentifierExtension.create(root),
  ]);
}

async function mintLeaf(host: string, issuer: string, root: KeyPair): Promise<PemPair> {
  const keys = await ecKeyPair();
  const certificate = await x509.X509CertificateGenerator.create({
    // X.520 limits a common name to 64 characters; the name that counts is in the SAN.
    subject: 'CN=Entra Federate emulator',
    issuer,
    ...validity(LEAF_DAYS),
    signingKey: root.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: EC_SIGNATURE,
    extensions: await leafExtensions(host, keys.publicKey, root.publicKey),
  });
  return { cert: pem(certificate), key: await privateKeyPem(keys.privateKey) };
}

// Ends with a line end, so that files of certificates can be put one behind the other.
function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

/** Creates an authority with a fresh P-256 key. Nothing is written anywhere. RFC 5280. */
export async function createAuthority(commonName: string): Promise<CertificateAuthority> {
  const keys = await ecKeyPair();
  const name = `CN=${commonName}`;
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    ...validity(LEAF_DAYS * 2),
    signingAlgorithm: EC_SIGNATURE,
    extensions: await rootExtensions(keys.publicKey),
  });
  const leaves = new Map<string, Promise<PemPair>>();
  const leaf = (host: string): Promise<PemPair> => {
    const known = leaves.get(host) ?? mintLeaf(host, name, keys);
    leaves.set(host, known);
    return known;
  };
  return { pem: pem(root), leaf };
}

/** A self-signed certificate over an RSA signing key, in DER: what `x5c` and `x5t` of a JWK speak of. */
export async function selfSigned(commonName: string, keys: KeyPair): Promise<Buffer> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    ...validity(LEAF_DAYS * 12),
    signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  });
  return Buffer.from(certificate.rawData);
}
