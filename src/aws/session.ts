/** One connection's services as its three kinds of callers see them. */
import { getOrMake, loadOnce } from '../model/cache';
import type { Connection } from '../model/connection';
import type { AwsFailure, ServiceName } from '../model/failure';
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
  /** Makes sure of the keys as a request that a user waits for does. */
  signIn(signal: AbortSignal): Promise<void>;
  /** Whether a request would go out without anything being read, run or asked for first. */
  hasKeys(): boolean;
  /** Closes connections and lets nobody through any more. */
  close(): void;
}

export type SessionHost = Pick<AwsHost, 'clock' | 'onRequest'> & Required<Pick<AwsHost, 'lookup'>>;

type Kind = keyof Pick<AwsSession, 'interactive' | 'background' | 'following'>;

/** Following asks once: its next look is its second try, and more of them would exceed the rate that it keeps. */
const ATTEMPTS: Readonly<Record<Kind, number>> = { interactive: 3, background: 3, following: 1 };

/** Opens a session without asking AWS anything. */
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
      ...(judge !== undefined && { judge }),
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

/** Following asks every few seconds and unasked: a question for a code would come up as often. */
function keysOf(kind: Kind, keys: SharedKeys): NonNullable<CallerParts['credentials']> {
  if (kind !== 'following') return keys;
  return { get: (signal) => keys.getSilently(signal), invalidate: () => keys.invalidate() };
}

/** Only AWS's own endpoint of FinSpace can end. */
function judgeOf(
  service: ServiceName,
  { region }: Connection,
  { endpoint }: Access,
  { lookup }: SessionHost,
): CallerParts['judge'] {
  if (service !== 'finspace' || endpoint(service) !== undefined) return undefined;
  return (failure: AwsFailure) => judgeEnd(failure, region, lookup);
}
