/**
 * One HTTPS request to a cluster and the beginning of its answer.
 *
 * What makes TLS safe stands on the request: VS Code, which sends requests through the proxy that it is set up with,
 * drops it where it stands on an agent. Whose certificate it is is looked at here, at each request and before anything of
 * it is sent: Node never uses a connection again that was made with a `checkServerIdentity` of its request's own, and
 * another handshake is most of what a request costs.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
// The module as a whole: VS Code replaces its members.
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../model/clock';
import { type ClusterIdentity, identityFault, issuerOf } from './own-ca';
import { Watchdog } from './watchdog';

/** Where a cluster's API is asked, and whose answer is taken. */
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

/** What a request that got no answer was ended by, where Node has no code for it. */
export const NO_CONNECTION = 'SLIPWAY_NO_CONNECTION';
export const NO_ANSWER = 'SLIPWAY_NO_ANSWER';

/** A session of before that is taken up again brings no certificates of those in between. */
const WHOLE_HANDSHAKE = { session: undefined };

/** Milliseconds until there is a connection, TLS included. */
const CONNECT_MS = 10_000;
/** Milliseconds until the answer begins: an API server gives up after a minute itself. */
const ANSWER_MS = 65_000;

/**
 * Resolves when the head of the answer is there; its body has to be read or destroyed.
 * @throws what Node throws, with `issuer` where a certificate was refused, or an error of the codes above; `AbortError`.
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
    // An address is no name that TLS can ask for.
    servername: /[a-z]/i.test(to.serverName) ? to.serverName : '',
    ...WHOLE_HANDSHAKE,
  });
  const dog = new Watchdog(clock);
  const end = (code: string, message: string) => (): void => {
    outgoing.destroy(Object.assign(new Error(message), { code }));
  };
  let issuer: string | undefined;
  const connected = (socket: TLSSocket) => (): void => {
    const fault = identityFault(to, socket.getPeerCertificate(true));
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
    // Before Node looks whether to trust it: after that there is no certificate to be asked for.
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
