/**
 * A session: the AWS services of one connection, for each of the three kinds of callers: `interactive`,
 * `background` and `following`.
 */

import { getOrMake, loadOnce } from '../model/cache';
import type { Connection } from '../model/connection';
import type { AwsFailure, ServiceName } from '../model/failure';
import { present } from '../model/present';
import { bypass, type Gate, RateLimiter } from '../model/rate-limiter';
import type { Adapter } from './adapter';
import { type Caller, type CallerParts, createCaller } from './caller';
import { type Access, clientsOf } from './clients';
import type { AwsHost, AwsPorts, AwsSession } from './contract';
import type { SharedKeys } from './credentials/shared-keys';
import { judgeEnd } from './finspace/end-of-service';
import { lazily, type PortOf } from './lazily';
import { interactiveLimits } from './service-limits';
import { misfitOf } from './validation/rules';

export interface OpenSession extends AwsSession {
  /** Resolves the credentials as a user's own request does: asks for a code if necessary. */
  signIn(signal: AbortSignal): Promise<void>;
  /** True if a request could be sent at once, because valid credentials are at hand. */
  hasKeys(): boolean;
  /**
   * Closes the connections. Requests of `interactive` and `background` that wait, and all later ones, fail.
   */
  close(): void;
}

export type SessionHost = Pick<AwsHost, 'clock' | 'onRequest'> & Required<Pick<AwsHost, 'lookup'>>;

type Kind = keyof Pick<AwsSession, 'interactive' | 'background' | 'following'>;

/**
 * `following` has one try: the next poll serves as a second try, and more tries would exceed the rate at which
 * operations are followed.
 */
const ATTEMPTS: Readonly<Record<Kind, number>> = { interactive: 3, background: 3, following: 1 };

/** Opens a session without a request to AWS. */
export function openSession(connection: Connection, access: Access, host: SessionHost): OpenSession {
  const clients = clientsOf(connection, access);
  const limiters = new Map<ServiceName, RateLimiter>();

  const limiterOf = (service: ServiceName): RateLimiter =>
    getOrMake(limiters, service, () => new RateLimiter(interactiveLimits(service), host.clock));
  const callerOf = (kind: Kind, service: ServiceName): Caller => {
    const judge = judgeOf(service, connection, access, host);
    return createCaller({
      service,
      connectionId: connection.id,
      clock: host.clock,
      gate: gateOf(kind, limiterOf(service)),
      attempts: ATTEMPTS[kind],
      credentials: keysOf(kind, access.keys),
      onRequest: host.onRequest,
      misfitOf,
      ...present({ judge }),
    });
  };
  const portsOf = (kind: Kind): AwsPorts => {
    const port = <Port extends PortOf<Port>>(
      service: ServiceName,
      open: () => Promise<Adapter<Port>>,
    ): Port => lazily(loadOnce(async () => (await open()).port(callerOf(kind, service))));
    const objectsIn: AwsPorts['objectsIn'] = (region) => port('s3', clients.objectsIn(region));
    return {
      finspace: port('finspace', clients.finspace),
      objects: objectsIn(connection.region),
      objectsIn,
      identities: port('sts', clients.identities),
      clusterTokens: port('sts', clients.clusterTokens),
      logs: port('logs', clients.logs),
      eks: port('eks', clients.eks),
      images: port('ssm', clients.images),
      compute: port('ec2', clients.compute),
    };
  };

  return {
    connection,
    interactive: portsOf('interactive'),
    background: portsOf('background'),
    following: portsOf('following'),
    signIn: async (signal) => {
      await access.keys.get(signal);
    },
    hasKeys: () => access.keys.areAtHand,
    close: () => {
      for (const limiter of limiters.values()) limiter.close();
      clients.close();
    },
  };
}

function gateOf(kind: Kind, limiter: RateLimiter): Gate {
  switch (kind) {
    case 'interactive':
      return limiter;
    case 'background':
      return limiter.background;
    case 'following':
      return bypass(limiter);
  }
}

/**
 * The credentials for one kind of caller. Requests of the kind `following` are sent every few seconds
 * without an action of the user, so they must not ask the user for a code each time.
 */
function keysOf(kind: Kind, keys: SharedKeys): NonNullable<CallerParts['credentials']> {
  if (kind !== 'following') return keys;
  return { get: (signal) => keys.getSilently(signal), invalidate: () => keys.invalidate() };
}

/**
 * Returns the function that finds out whether the end of the service FinSpace explains a failure;
 * undefined for other services, and for an endpoint that is not AWS's own, since such an endpoint does not
 * end with the service.
 */
function judgeOf(
  service: ServiceName,
  { region }: Connection,
  { endpoint }: Access,
  { lookup }: SessionHost,
): CallerParts['judge'] {
  if (service !== 'finspace' || endpoint(service) !== undefined) return undefined;
  return (failure: AwsFailure) => judgeEnd(failure, region, lookup);
}
