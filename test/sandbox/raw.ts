/** Requests that no SDK would send: any method, path, header and body, signed by the SDK's own signer or not at all. */
import { request } from 'node:http';
import { EKSClient } from '@aws-sdk/client-eks';
import { S3Client } from '@aws-sdk/client-s3';
import type { TestSandbox } from './start';

export interface RawCall {
  readonly method?: string;
  /** As it is to travel. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Default s3. */
  readonly service?: 's3' | 'eks';
  /** Default: the sandbox's own. */
  readonly region?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly signingDate?: Date;
  /** The last word on the headers, after signing. */
  readonly change?: (headers: Readonly<Record<string, string>>) => Record<string, string>;
  /** What to send in place of the body that was signed. */
  readonly sent?: Buffer | string;
}

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

/** @throws what the socket says when no whole reply comes. */
export async function raw(sandbox: Pick<TestSandbox, 'url' | 'client'>, call: RawCall): Promise<RawReply> {
  const headers = await signed(sandbox, call);
  return send(sandbox.url, call, call.change ? call.change(headers) : headers);
}

/** The headers that the SDK's signer gives the request. */
export async function signed({ url, client }: Pick<TestSandbox, 'url' | 'client'>, call: RawCall) {
  const { host, hostname, port } = new URL(url);
  const settings = {
    ...client,
    ...(call.region && { region: call.region }),
    ...(call.credentials && { credentials: call.credentials }),
  };
  const { config } = call.service === 'eks' ? new EKSClient(settings) : new S3Client(settings);
  const signer = await config.signer();
  const body = call.body ?? '';
  const { headers } = await signer.sign(
    {
      method: call.method ?? 'GET',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: call.path,
      query: { ...call.query },
      headers: {
        host,
        ...(!call.headers?.['transfer-encoding'] && { 'content-length': String(Buffer.byteLength(body)) }),
        ...call.headers,
      },
      body,
    },
    call.signingDate ? { signingDate: call.signingDate } : {},
  );
  return headers;
}

/** Sends as it stands. */
export function send(
  url: string,
  { method = 'GET', path, query, body, sent = body }: RawCall,
  headers: Readonly<Record<string, string>>,
): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const search = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        method,
        path: search.length > 0 ? `${path}?${search.join('&')}` : path,
        headers,
        agent: false,
      },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () => {
          const all = Buffer.concat(chunks);
          resolve({
            status: reply.statusCode ?? 0,
            headers: reply.headers,
            body: all,
            text: all.toString('utf8'),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent);
  });
}
