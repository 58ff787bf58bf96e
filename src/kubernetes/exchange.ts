/**
 * One HTTPS request to a cluster and the beginning of its answer.
 *
 * TLS options are members of the request and not of an agent: VS Code, which sends requests through its proxy, drops
 * those of an agent. The certificate is checked here, before anything of a request is sent, and not by the option
 * `checkServerIdentity`: Node does not reuse a connection of a request with that option, and another handshake is most
 * of what a request costs. A connection keeps its certificate, so that each proves an identity once.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
// The default export: VS Code replaces members of the module, which a named import would not see.
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../model/clock';
import { type ClusterIdentity, identityFault, issuerOf } from './own-ca';
import { Watchdog } from './watchdog';

/** The address of a cluster's API, and the identity that its certificate must prove. */
export interface Destination extends ClusterIdentity {
  readonly host: string;
  readonly port: number;
}

export interface HttpRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Codes of the errors that end a request without an answer, where Node has none. */
export const NO_CONNECTION = 'SLIPWAY_NO_CONNECTION';
export const NO_ANSWER = 'SLIPWAY_NO_ANSWER';

/** No TLS session is resumed: a resumed one brings no intermediate certificates to check. */
const WHOLE_HANDSHAKE = { session: undefined };

/** The identities that connections have proved. */
const proved = new WeakMap<TLSSocket, string>();

/** Milliseconds within which there must be a connection, TLS included. */
const CONNECT_MS = 10_000;
/** Milliseconds within which the answer must begin: an API server gives up after a minute itself. */
const ANSWER_MS = 65_000;

/**
 * Resolves when the head of the answer is there; its body has to be read or destroyed.
 * @throws what Node throws, with `issuer` where a certificate was refused, or an error of the codes above;
 * `AbortError`.
 */
export async function exchange(
  to: Destination,
  { method, path, headers, body }: HttpRequest,
  signal: AbortSignal,
  clock: Clock,
): Promise<IncomingMessage> {
  const outgoing = https.request({
    host: to.host,
    port: to.port,
    method,
    path,
    // VS Code would have each connection closed after its answer.
    headers: { ...headers, connection: 'keep-alive' },
    signal,
    ca: to.certificateAuthority,
    rejectUnauthorized: true,
    // TLS allows names alone here, no IP addresses.
    servername: /[a-z]/i.test(to.serverName) ? to.serverName : '',
    ...WHOLE_HANDSHAKE,
  });
  const dog = new Watchdog(clock);
  const end = (code: string, message: string) => (): void => {
    outgoing.destroy(Object.assign(new Error(message), { code }));
  };
  let issuer: string | undefined;
  const connected = (socket: TLSSocket) => (): void => {
    const fault = faultOf(socket, to);
    if (fault !== undefined) {
      outgoing.destroy(fault);
      return;
    }
    dog.within(ANSWER_MS, end(NO_ANSWER, 'no answer came in time'));
    outgoing.end(body);
  };
  dog.within(CONNECT_MS, end(NO_CONNECTION, 'there was no connection in time'));
  outgoing.once('socket', (socket: TLSSocket) => {
    if (socket.authorized) {
      connected(socket)();
      return;
    }
    // Before Node decides whether to trust the certificate: afterwards it gives none out.
    socket.prependOnceListener('secure', () => {
      issuer = issuerOf(socket.getPeerCertificate());
    });
    socket.once('secureConnect', connected(socket));
  });
  try {
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    return answer;
  } catch (thrown) {
    throw thrown instanceof Error && issuer !== undefined ? Object.assign(thrown, { issuer }) : thrown;
  } finally {
    dog.stop();
  }
}

/** The error to be thrown where the connection's certificate is not the cluster's. */
function faultOf(
  socket: TLSSocket,
  { serverName, certificateAuthority }: ClusterIdentity,
): Error | undefined {
  const identity = JSON.stringify([serverName, certificateAuthority]);
  if (proved.get(socket) === identity) return undefined;
  const fault = identityFault({ serverName, certificateAuthority }, socket.getPeerCertificate(true));
  if (fault === undefined) proved.set(socket, identity);
  return fault;
}
