/** A Kubernetes API that answers over TLS as a test says: what a well-behaved API server would never send, too. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ServerCertificate } from './certificates';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Answers one request, at once or in the course of the test. */
export type Handler = (request: Received, response: ServerResponse) => void;

export interface ScriptedApi {
  readonly port: number;
  readonly received: readonly Received[];
  /** From now on every request is answered by it. */
  answer(handler: Handler): void;
  /** The next requests are answered by these, in turn; the last one stays. */
  answerInTurn(...handlers: readonly Handler[]): void;
  /** Forgets what was received. */
  forget(): void;
  close(): Promise<void>;
}

export async function startScriptedApi(certificate: ServerCertificate): Promise<ScriptedApi> {
  let handlers: readonly Handler[] = [json({})];
  const received: Received[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer(certificate, async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await buffer(request)).toString('utf8');
    const { method = '', url = '/', headers } = request;
    const { pathname, searchParams } = new URL(url, 'https://api');
    const one = { method, path: pathname, query: Object.fromEntries(searchParams), headers, body };
    received.push(one);
    const [handler, ...rest] = handlers;
    if (rest.length > 0) handlers = rest;
    handler?.(one, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // As long as the sandbox: one that is closed just as a client takes it again looks like a fault of the network.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    answer: (handler) => {
      handlers = [handler];
    },
    answerInTurn: (...all) => {
      handlers = all;
    },
    forget: () => void received.splice(0),
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

/** The Status object of a refusal. */
export function status(
  code: number,
  reason: string,
  message: string,
  more: { readonly details?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Handler {
  const { details, headers = {} } = more;
  return json(
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details },
    code,
    headers,
  );
}
