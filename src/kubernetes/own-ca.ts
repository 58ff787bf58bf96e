/**
 * Checks that a server's certificate is the cluster's: signed by the cluster's own CA, for the host of its endpoint.
 * Node has checked the certificate against all trusted CAs; but VS Code adds the system's CAs to these, and a
 * certificate by one of them does not prove which cluster it belongs to.
 * @see https://github.com/microsoft/vscode/issues/234175
 */
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';

/** Code of the error for a certificate that the cluster's CA has not signed. */
export const FOREIGN_CA = 'ERR_TLS_FOREIGN_CA';

/** The maximum number of certificates of a chain that are followed. */
const LONGEST_CHAIN = 8;

export interface ClusterIdentity {
  /** Host of the cluster's endpoint, even if requests go through a tunnel. */
  readonly serverName: string;
  /** One or more certificates as PEM. */
  readonly certificateAuthority: string;
}

/** The error to throw; undefined if the certificate is the cluster's. */
export function identityFault(
  { serverName, certificateAuthority }: ClusterIdentity,
  peer: PeerCertificate,
): Error | undefined {
  const wrongHost = checkServerIdentity(serverName, peer);
  if (wrongHost !== undefined) return wrongHost;
  if (isIssuedBy(certificatesIn(certificateAuthority), peer)) return undefined;
  return Object.assign(new Error('the certificate was not signed by the CA of the cluster'), {
    code: FOREIGN_CA,
    issuer: issuerOf(peer),
  });
}

/** The issuer's name in the certificate; undefined if the certificate has none. */
export function issuerOf({ issuer }: PeerCertificate): string | undefined {
  const parts = [issuer?.CN, issuer?.O].flatMap((part) => part ?? []);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function certificatesIn(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/**
 * Returns true if one of the authorities has signed the server's certificate, directly or through the chain
 * of certificates that the server sent.
 */
function isIssuedBy(authorities: readonly X509Certificate[], peer: PeerCertificate): boolean {
  let at: PeerCertificate | undefined = peer;
  let certificate = new X509Certificate(peer.raw);
  for (let length = 0; length < LONGEST_CHAIN; length += 1) {
    if (authorities.some((authority) => signed(authority, certificate))) return true;
    at = isDetailed(at) ? at.issuerCertificate : undefined;
    if (at === undefined) return false;
    const issuer = new X509Certificate(at.raw);
    if (!signed(issuer, certificate)) return false;
    certificate = issuer;
  }
  return false;
}

function signed(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isDetailed(certificate: PeerCertificate): certificate is DetailedPeerCertificate {
  return 'issuerCertificate' in certificate && certificate.issuerCertificate !== undefined;
}
