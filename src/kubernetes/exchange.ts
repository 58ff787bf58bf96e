/**
 * One HTTPS request to a cluster and the beginning of its answer.
 *
 * TLS options are members of the request and not of an agent: VS Code sends requests through its proxy
 * support, which drops an agent's options. The certificate is checked here, before any part of a request
 * is sent. The option `checkServerIdentity` is not used: Node does not reuse the connection of a request
 * with that option, and a handshake is most of the cost of a request. The certificate of a connection
 * never changes, so each connection has to prove its identity only once.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
// The default export is imported, since VS Code replaces members of the module: a named import would still
// refer to the member that was replaced.
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
  /** Includes the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Slipway's own codes, since Node has none for these errors: no connection in time, no data in time. */
export const NO_CONNECTION = 'SLIPWAY_NO_CONNECTION';
export const NO_ANSWER = 'SLIPWAY_NO_ANSWER';

/** TLS sessions are not resumed: a resumed one has no intermediate certificates that could be checked. */
const WHOLE_HANDSHAKE = { session: undefined };

/** The identity that each connection has proved. */
const proved = new WeakMap<TLSSocket, string>();

/** Milliseconds within which the connection must be open, including TLS. */
const CONNECT_MS = 10_000;
/** Milliseconds within which the answer must begin: an API server itself gives up after a minute. */
const ANSWER_MS = 65_000;

/**
 * Resolves when the head of the answer has arrived; the caller has to read or destroy the body.
 * @throws Node's error, with the certificate's issuer as `issuer` if a certificate was refused; an error
 * with the code {@link NO_CONNECTION} or {@link NO_ANSWER}; `AbortError`
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
    // Without this header, VS Code would close each connection after its answer.
    headers: { ...headers, connection: 'keep-alive' },
    signal,
    ca: to.certificateAuthority,
    rejectUnauthorized: true,
    // TLS allows only names here, no IP addresses.
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
    // The issuer is read before Node decides whether to trust the certificate: Node no longer returns a
    // certificate that it has refused.
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

/** The error to throw if the connection's certificate is not the cluster's; undefined if it is. */
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
