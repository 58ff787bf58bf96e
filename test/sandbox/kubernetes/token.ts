/** Tokens for a cluster as `aws eks get-token` makes them, by AWS's own signer; a test may spoil any part. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(secret));
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

function toBuffer(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

export interface TokenParts {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly cluster: string;
  readonly region?: string;
  readonly host?: string;
  readonly signedAt?: Date;
  readonly expiresIn?: number;
  readonly query?: Readonly<Record<string, string>>;
  /** In place of the header with the cluster's name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The presigned URL that a token holds. */
export async function presignedUrl(parts: TokenParts): Promise<string> {
  const { credentials, cluster, region = 'us-east-1', signedAt = new Date(), expiresIn = 60 } = parts;
  const { host = `sts.${region}.amazonaws.com`, headers = { 'x-k8s-aws-id': cluster } } = parts;
  const signer = new SignatureV4({ credentials, region, service: 'sts', sha256: Sha256 });
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15', ...parts.query };
  const request = { method: 'GET', protocol: 'https:', hostname: host, path: '/', query };
  const signed = await signer.presign(
    { ...request, headers: { host, ...headers } },
    { expiresIn, signingDate: signedAt, unhoistableHeaders: new Set(Object.keys(headers)) },
  );
  const parameters = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `https://${host}/?${parameters.join('&')}`;
}

export function tokenOf(url: string): string {
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
