/** The sandbox's HTTP server: loopback only, whole bodies in, deliveries out. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Delivery } from './delivery';
import { isLoopback } from './hosts';
import type { RawRequest, RequestHead } from './raw-request';

/** A body larger than this is refused: the sandbox keeps objects in memory. */
const MAX_BODY_BYTES = 1024 ** 3;

/** Decides how each request is answered. */
export interface Desk {
  /** Asked before the body is read: the most bytes to read of it, or the answer without it. */
  admit(head: RequestHead): number | Delivery;
  answer(raw: RawRequest): Promise<Delivery>;
}

export interface RunningServer {
  readonly port: number;
  /** Stops listening, lets answers in flight go out for `graceMs`, then closes every connection. */
  close(graceMs: number): Promise<void>;
}

/** What makes a server speak TLS. */
export interface Security {
  /** PEM. */
  readonly key: string;
  /** PEM, the server's own certificate first. */
  readonly cert: string;
  /** Asked at every connection: whether to reset it, as if nobody listened. */
  readonly isGone: () => boolean;
}

/** @throws when the port cannot be had; 0 takes any free one. */
export async function listen(port: number, desk: Desk, security?: Security): Promise<RunningServer> {
  const take = (message: IncomingMessage, response: ServerResponse): void => {
    serve(message, response, desk).catch((error: unknown) => {
      // A defect of the sandbox itself: tests must see it, so it is told to the client in full.
      send(message, response, plainText(500, `The sandbox failed: ${describe(error)}\n`));
    });
  };
  const server = security ? secureServer(security, take) : createServer(take);
  // Clients that wait to be told to send their body are told so once the request was admitted.
  server.on('checkContinue', take);
  // SDKs keep connections open; closing an idle one just when it is used again would look like a fault nobody asked for.
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
    // Node resets TCP connections alone, not what is layered on one.
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
    // A page of a foreign site whose name was pointed at 127.0.0.1 comes with that name here.
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
    // Node discards what the client still sends. A client that waits for `100 Continue` may send its body or
    // not.
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

/** Incomplete when the client left; undefined when it sent more than `limit` bytes without having said so. */
async function readBody(
  message: IncomingMessage,
  limit: number,
): Promise<Pick<RawRequest, 'body' | 'complete'> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The connection is kept, so that a client that sends too much can be told so.
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
  // Without a prototype: a header may be called `constructor`, and only those that came are there.
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
