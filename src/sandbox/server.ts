/** The sandbox's HTTP and HTTPS servers, on loopback only. They read whole bodies and send the answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Delivery } from './delivery';
import { isLoopback } from './hosts';
import type { RawRequest, RequestHead } from './raw-request';

/** In bytes. A request with a larger body is refused, since the sandbox keeps objects in memory. */
const MAX_BODY_BYTES = 1024 ** 3;

/** Decides how each request is answered. */
export interface Desk {
  /**
   * Called before the body is read. Returns the maximum number of body bytes to read, or the answer if the
   * body is not needed.
   */
  admit(head: RequestHead): number | Delivery;
  answer(raw: RawRequest): Promise<Delivery>;
}

export interface RunningServer {
  readonly port: number;
  /**
   * Stops listening, waits up to `graceMs` for answers under way, then closes the connections that are
   * left.
   */
  close(graceMs: number): Promise<void>;
}

/** The parts that only an HTTPS server needs. */
export interface Security {
  /** PEM. */
  readonly key: string;
  /** PEM, the server's own certificate first. */
  readonly cert: string;
  /** Called for each new connection. True: the connection is reset, as if the server were gone. */
  readonly isGone: () => boolean;
}

/** @param port 0 for any free port. @throws if the server cannot listen on the port */
export async function listen(port: number, desk: Desk, security?: Security): Promise<RunningServer> {
  const take = (message: IncomingMessage, response: ServerResponse): void => {
    serve(message, response, desk).catch((error: unknown) => {
      // An error in the sandbox's own code. Tests must notice it, so the client gets the error's stack
      // trace.
      send(message, response, plainText(500, `The sandbox failed: ${describe(error)}\n`));
    });
  };
  const server = security ? secureServer(security, take) : createServer(take);
  // A client that waits for `100 Continue` gets it only after its request is admitted.
  server.on('checkContinue', take);
  // SDKs reuse idle connections. If the server closed one just when an SDK reuses it, the request would
  // fail as if by an injected fault.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return { port: address.port, close: (graceMs) => close(server, graceMs) };
}

function secureServer(
  { key, cert, isGone }: Security,
  take: (message: IncomingMessage, response: ServerResponse) => void,
): SecureServer {
  const server = createSecureServer({ key, cert }, take);
  const byPort = new Map<number | undefined, Socket>();
  server.prependListener('connection', (socket: Socket) => {
    const { remotePort } = socket;
    byPort.set(remotePort, socket);
    socket.once('close', () => byPort.delete(remotePort));
    if (isGone()) socket.resetAndDestroy();
  });
  server.on('secureConnection', (secured) => {
    // Node can reset a TCP socket, but not a TLS socket, so the TCP socket below the TLS socket is reset.
    const socket = byPort.get(secured.remotePort);
    secured.resetAndDestroy = () => {
      socket?.resetAndDestroy();
      return secured;
    };
  });
  return server;
}

async function serve(message: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  if (!isLoopback(message.headers.host)) {
    // A foreign site can let its host name resolve to 127.0.0.1 (DNS rebinding). The requests of its pages
    // then arrive here, but with that host name, so only loopback host names are answered.
    send(message, response, plainText(421, 'The sandbox answers loopback host names only.\n'));
    return;
  }
  const announced = Number(message.headers['content-length'] ?? 0);
  if (announced > MAX_BODY_BYTES) {
    send(message, response, tooLarge(MAX_BODY_BYTES));
    return;
  }
  const head = headOf(message);
  const admitted = desk.admit(head);
  if (typeof admitted !== 'number') {
    // Node discards the rest of the request. A client that waits for `100 Continue` may skip its body or
    // still send it, so the connection cannot be used again.
    if (message.headers.expect !== undefined) response.setHeader('connection', 'close');
    send(message, response, admitted);
    return;
  }
  const limit = Math.min(admitted, MAX_BODY_BYTES);
  if (announced > limit) {
    send(message, response, tooLarge(limit));
    return;
  }
  if (message.headers.expect !== undefined) response.writeContinue();
  const body = await readBody(message, limit);
  send(message, response, body ? await desk.answer({ ...head, ...body }) : tooLarge(limit));
}

function headOf(message: IncomingMessage): RequestHead {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: joinedHeaders(message.rawHeaders),
  };
}

/**
 * @returns the body, marked incomplete if the client closed the connection before the body's end;
 * undefined if more than `limit` bytes arrived, which is possible because a chunked body has no announced
 * length
 */
async function readBody(
  message: IncomingMessage,
  limit: number,
): Promise<Pick<RawRequest, 'body' | 'complete'> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // `destroyOnReturn: false` keeps the connection open, so that a client that sends too much can be
    // answered.
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > limit) return undefined;
      chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks), complete: true };
  } catch (error) {
    if (message.complete) throw error;
    return { body: Buffer.concat(chunks), complete: false };
  }
}

function joinedHeaders(raw: readonly string[]): Readonly<Record<string, string>> {
  // Without a prototype, so that a header called `constructor` is found only if it was sent.
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = raw[at + 1] ?? '';
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return headers;
}

function send(message: IncomingMessage, response: ServerResponse, delivery: Delivery): void {
  if (delivery.kind === 'hang') return;
  if (delivery.kind === 'stream' && !response.headersSent) {
    stream(message, response, delivery);
    return;
  }
  if (delivery.kind !== 'reply' || response.headersSent) {
    message.socket.resetAndDestroy();
    return;
  }
  const { status, headers, body, cutAt } = delivery;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, { ...(bodiless ? {} : { 'content-length': String(body.length) }), ...headers });
  if (cutAt === undefined) response.end(message.method === 'HEAD' ? undefined : body);
  else response.write(body.subarray(0, cutAt), () => message.socket.resetAndDestroy());
}

function stream(
  message: IncomingMessage,
  response: ServerResponse,
  { status, headers, begin }: Extract<Delivery, { readonly kind: 'stream' }>,
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  const left = begin({
    write: (chunk) => response.write(chunk),
    end: () => response.end(),
    reset: () => response.write('', () => message.socket.resetAndDestroy()),
  });
  if (response.closed) left();
  else response.once('close', left);
}

function tooLarge(limit: number): Delivery {
  return plainText(413, `The sandbox takes bodies of up to ${limit} bytes here.\n`);
}

function plainText(status: number, text: string): Delivery {
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': 'text/plain', connection: 'close' },
    body: Buffer.from(text),
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function close(server: Server | SecureServer, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
