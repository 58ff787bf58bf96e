/** Authorities and certificates for tests: real chains, made when a test starts. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface ServerCertificate {
  /** PEM: its own certificate, and those between it and the authority. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

export interface Authority {
  /** PEM. */
  readonly pem: string;
  /** A certificate for these host names and addresses. */
  serverCertificate(hosts: readonly string[], validDays?: number): Promise<ServerCertificate>;
  /** An authority that this one has signed; its certificates come with its own. */
  intermediate(name: string): Promise<Authority>;
}

interface Signer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
  /** PEM of what stands between its certificates and the root. */
  readonly between: string;
}

/** An authority of its own, as EKS makes one for each cluster. */
export async function makeAuthority(name: string): Promise<Authority> {
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(10),
    extensions: authorityExtensions(),
  });
  return authorityOf({ name, keys, between: '' }, root.toString('pem'));
}

function authorityOf(signer: Signer, pem: string): Authority {
  return {
    pem,
    async serverCertificate(hosts, validDays = 10) {
      const keys = await newKeys();
      const certificate = await signedBy(signer, `CN=${hosts[0]}`, keys, validDays, [
        new x509.BasicConstraintsExtension(false),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value })),
        ),
      ]);
      return {
        cert: `${certificate.toString('pem')}\n${signer.between}`,
        key: x509.PemConverter.encode(
          await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
          'PRIVATE KEY',
        ),
      };
    },
    async intermediate(name) {
      const keys = await newKeys();
      const certificate = await signedBy(signer, `CN=${name}`, keys, 10, authorityExtensions());
      const own = certificate.toString('pem');
      return authorityOf({ name, keys, between: `${own}\n${signer.between}` }, own);
    },
  };
}

function signedBy(
  { name, keys: { privateKey } }: Signer,
  subject: string,
  { publicKey }: webcrypto.CryptoKeyPair,
  validDays: number,
  extensions: x509.Extension[],
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    subject,
    issuer: `CN=${name}`,
    publicKey,
    signingKey: privateKey,
    signingAlgorithm: ALGORITHM,
    ...validity(validDays),
    extensions,
  });
}

function authorityExtensions(): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ];
}

/** Ends `days` from now; begins long before that. */
function validity(days: number) {
  const now = Date.now();
  return { notBefore: new Date(now - 30 * DAY_MS), notAfter: new Date(now + days * DAY_MS) };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
