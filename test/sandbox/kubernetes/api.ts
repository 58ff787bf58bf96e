/** The Kubernetes API of one cluster of a sandbox, asked as a client would ask it: real HTTPS, the cluster's own CA. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import type { ManagedFieldsEntry } from '../../../src/sandbox/kubernetes/kube-object';
import type { TestSandbox } from '../start';
import { presignedUrl, tokenOf } from './token';

/** What tests read of an answer; which of it is there, the answer's kind says. */
export interface ApiObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly continue?: string;
    readonly remainingItemCount?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly managedFields?: readonly ManagedFieldsEntry[];
  };
  readonly items: readonly ApiObject[];
  readonly spec: unknown;
  readonly status: unknown;
  readonly code: number;
  readonly message: string;
  readonly reason: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly json: ApiObject;
}

export interface Ask {
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly token?: string | null;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: ApiObject;
}

export interface OpenWatch {
  readonly status: number;
  /** The next event; undefined when the watch has ended. @throws when the connection breaks. */
  next(): Promise<WatchEvent | undefined>;
  close(): void;
}

export interface KubernetesApi {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  get(path: string, ask?: Ask): Promise<ApiAnswer>;
  send(method: string, path: string, body: unknown, ask?: Ask): Promise<ApiAnswer>;
  watch(path: string, ask?: Ask): Promise<OpenWatch>;
}

/** @param cluster name of an EKS cluster in the sandbox's own region. */
export async function kubernetesApi(
  sandbox: Pick<TestSandbox, 'client' | 'credentials' | 'region'>,
  cluster = 'trading-prod',
): Promise<KubernetesApi> {
  const eks = new EKSClient(sandbox.client);
  const described = await eks.send(new DescribeClusterCommand({ name: cluster }));
  eks.destroy();
  const url = described.cluster?.endpoint ?? '';
  const ca = Buffer.from(described.cluster?.certificateAuthority?.data ?? '', 'base64').toString();
  const { credentials, region } = sandbox;
  const token = tokenOf(await presignedUrl({ credentials, cluster, region }));

  // One TLS handshake for many requests: there are tests that send hundreds.
  const agent = new Agent({ keepAlive: true, ca });
  const open = (method: string, path: string, ask: Ask): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const bearer = ask.token === undefined ? token : ask.token;
      const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
      const headers = {
        accept: 'application/json',
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && {
          'content-type': ask.type ?? 'application/json',
          // Without it Node sends no body with a DELETE.
          'content-length': String(Buffer.byteLength(body)),
        }),
        ...ask.headers,
      };
      const sent = request(`${url}${path}`, { method, headers, agent }, resolve);
      sent.once('error', reject);
      sent.end(body);
    });
  const send = async (method: string, path: string, ask: Ask): Promise<ApiAnswer> => {
    const response = await open(method, path, ask);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const json = /json/.test(response.headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : {};
    return { status: response.statusCode ?? 0, headers: response.headers, text, json: json as ApiObject };
  };
  return {
    url,
    ca,
    token,
    get: (path, ask = {}) => send('GET', path, ask),
    send: (method, path, body, ask = {}) => send(method, path, { ...ask, body }),
    watch: async (path, ask = {}) => openWatch(await open('GET', path, ask)),
  };
}

function openWatch(response: IncomingMessage): OpenWatch {
  const lines = linesOf(response);
  return {
    status: response.statusCode ?? 0,
    next: async () => {
      const { value, done } = await lines.next();
      return done ? undefined : (JSON.parse(value) as WatchEvent);
    },
    close: () => response.destroy(),
  };
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string, undefined> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  return undefined;
}
