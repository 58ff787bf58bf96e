/** What stands below the SDK in this process while a campaign runs: shortened timeouts, and names that do not resolve. */
import { Agent } from 'node:http';
import { Socket } from 'node:net';

const SECOND = 1000;
/** In which Slipway gives up a connection that is silent. */
const MINUTE = 60 * SECOND;

/** Whether the request of this service finds no address. Asked once for each request. */
type IsLost = (service: string) => boolean;

export interface Below {
  /** How long a minute is for timers and sockets: for the patience with a silent connection above all; milliseconds. */
  minute(ms: number): void;
  /** From here on, or none when undefined. */
  loseNames(isLost: IsLost | undefined): void;
  /** Puts everything back. */
  restore(): void;
}

interface Outgoing {
  getHeader(name: string): unknown;
}

type AddRequest = (this: Agent, request: Outgoing, options: Record<string, unknown>) => void;

export function standBelow(): Below {
  const { setTimeout: socketTimeout } = Socket.prototype;
  const { setTimeout: timer } = globalThis;
  let isLost: IsLost | undefined;
  let factor = 1;
  const shortened = (ms: number): number => (ms >= SECOND ? ms * factor : ms);

  Socket.prototype.setTimeout = function shorter(ms, ...callback) {
    return socketTimeout.call(this, shortened(ms), ...callback);
  };
  globalThis.setTimeout = Object.assign(
    (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      timer(callback, shortened(ms), ...args),
    timer,
  );
  const agent = Agent.prototype as unknown as { addRequest: AddRequest };
  const { addRequest } = agent;
  agent.addRequest = function unresolved(request, options) {
    const service = serviceOf(String(request.getHeader('authorization')));
    if (service === undefined || !isLost?.(service)) return addRequest.call(this, request, options);
    // Another name, so that no open connection is used; the guard of the tests lets this one pass.
    return addRequest.call(this, request, { ...options, host: 'localhost', lookup: nameless });
  };
  return {
    minute: (ms) => {
      factor = ms / MINUTE;
    },
    loseNames: (next) => {
      isLost = next;
    },
    restore: () => {
      Socket.prototype.setTimeout = socketTimeout;
      globalThis.setTimeout = timer;
      agent.addRequest = addRequest;
    },
  };
}

/** By what a request is signed with; undefined for one that is for no service. */
function serviceOf(authorization: string): string | undefined {
  if (authorization.startsWith('Bearer k8s-aws-v1.')) return 'kubernetes';
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1];
}

/** What Node's own look-up says of a name that nobody knows. */
function nameless(hostname: string, _options: unknown, answer: (error: Error) => void): void {
  const facts = { code: 'ENOTFOUND', syscall: 'getaddrinfo', errno: -3008, hostname };
  setImmediate(() => answer(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), facts)));
}
