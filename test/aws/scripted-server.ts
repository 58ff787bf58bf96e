/** A server that answers as a test says, in the order it says: what no well-behaved AWS would ever send. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** `reset`: the connection breaks before an answer; `hang`: none comes; `cut`: half of the body comes. */
export type Reply =
  | 'reset'
  | 'hang'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly cut?: boolean;
      /** Real milliseconds before the answer. */
      readonly afterMs?: number;
    };

export interface Received {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** The replies of the next requests; when they are used up, the last one stays. */
  answer(...replies: readonly Reply[]): void;
  /** Resolves when so many requests in all have come. */
  receivedAtLeast(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  let script: readonly Reply[] = [{ status: 200, body: '{}' }];
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await buffer(request)).toString('utf8');
    const { method = '', url = '', headers } = request;
    received.push({ method, url, headers, body });
    for (const watcher of watchers) watcher();
    const [reply = 'reset', ...rest] = script;
    if (rest.length > 0) script = rest;
    play(reply, request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // As long as the sandbox: one that is closed just as a client takes it again looks like a fault of the network.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (...replies) => {
      script = replies;
    },
    receivedAtLeast: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function play(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    request.socket.destroy();
    return;
  }
  const { status, headers = {}, body = '', cut = false, afterMs = 0 } = reply;
  setTimeout(() => {
    response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers });
    if (request.method === 'HEAD') response.end();
    else if (cut) response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
    else response.end(body);
  }, afterMs);
}
