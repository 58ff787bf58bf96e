/**
 * One running sandbox: all AWS services with the same clock and object store, behind one address, and the
 * API servers of its EKS clusters, each behind an address of its own.
 */
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { ScaledClock } from './clock';
import { CONTROL_PREFIX, Control } from './control';
import { Faults } from './faults';
import { type Conditions, Front } from './front';
import { bucketOfHost } from './hosts';
import { kubeconfig } from './kubeconfig';
import { ApiDesk } from './kubernetes/api/api-desk';
import { ApiServers, type ClusterEndpoint } from './kubernetes/api/api-servers';
import { OpenStreams } from './kubernetes/api/streams';
import type { RequestHead } from './raw-request';
import { RequestLog } from './request-log';
import { S3Service } from './s3/s3-service';
import { ObjectStore } from './s3/store';
import type { SandboxService } from './sandbox-service';
import { type Desk, listen } from './server';
import { type AwsServices, createServices } from './services';
import { type KeyPair, newKeyPair } from './sigv4';

export interface SandboxOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The region that gets most of the seed and that callers are told to use; every other region is served as well. */
  readonly region: string;
  readonly accountId: string;
  /**
   * Simulated milliseconds per real millisecond. If 0, simulated time passes only through the control plane.
   */
  readonly scale: number;
  /**
   * Real milliseconds that a request waits before it is carried out. The control plane can change this
   * later; requests to the control plane itself do not wait.
   */
  readonly latencyMs: number;
  /** Whether the log keeps headers and bodies. */
  readonly recordBodies: boolean;
  /** Whether to start without the sample shop. */
  readonly empty: boolean;
}

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  readonly keys: KeyPair;
  readonly controlToken: string;
  /** A kubeconfig with all EKS clusters that exist at the time of the call; starts their API servers. */
  kubeconfig(): Promise<string>;
  /**
   * Real milliseconds since the last request to the sandbox or to one of its clusters' API servers; a heartbeat is a
   * request as well. While a stream is open, e.g. a watch, the sandbox is in use.
   */
  quietFor(): number;
  stop(): Promise<void>;
}

interface World {
  readonly services: readonly SandboxService[];
  readonly aws: AwsServices;
}

/** When the sandbox stops, answers under way may continue for this many milliseconds. */
const GRACE_MS = 500;

/** @throws if the sandbox cannot listen on the port */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const keys = newKeyPair();
  const controlToken = randomBytes(32).toString('base64url');
  const clock = new ScaledClock(options.scale);
  const conditions: Conditions = { latencyMs: options.latencyMs, recordBodies: options.recordBodies };
  const faults = new Faults();
  const log = new RequestLog();
  const stopping = new AbortController();
  // Every waiting request adds a listener to this signal, so the number of listeners has no limit.
  setMaxListeners(0, stopping.signal);

  let lastUsed = performance.now();
  const counted = (desk: Desk): Desk => ({
    admit: (head) => {
      lastUsed = performance.now();
      return desk.admit(head);
    },
    answer: (raw) => desk.answer(raw),
  });
  // Called again and again while a stream is open: somebody who only watches uses the sandbox as well.
  const streams = new OpenStreams(clock, () => {
    lastUsed = performance.now();
    world.aws.settle();
  });
  const checks = { keys, ownToken: `sandbox-${randomBytes(32).toString('base64url')}` };
  const apiServers = new ApiServers((arn) => {
    const find = () => world.aws.served(arn);
    const isGone = () => world.aws.isGone(arn);
    const stop = stopping.signal;
    const desk = new ApiDesk({ find, isGone, checks, conditions, faults, log, streams, stopping: stop });
    return { isGone, desk: counted(desk) };
  });
  const endpointOf = (arn: string): Promise<ClusterEndpoint> => apiServers.endpointOf(arn);

  let world = newWorld(options, clock, endpointOf);
  const front = new Front({
    keys,
    services: () => world.services,
    conditions,
    faults,
    log,
    stopping: stopping.signal,
  });
  const control = new Control({
    token: controlToken,
    clock,
    conditions,
    faults,
    log,
    aws: () => world.aws,
    reset: () => {
      world = newWorld(options, clock, endpointOf);
      streams.close();
      faults.clear();
      log.clear();
      conditions.latencyMs = options.latencyMs;
      conditions.recordBodies = options.recordBodies;
    },
  });

  // In a request to a bucket's own host, the path is an object key, even if it looks like a control plane
  // path.
  const deskOf = ({ path, headers }: RequestHead): Desk =>
    path.startsWith(CONTROL_PREFIX) && bucketOfHost(headers['host']) === undefined ? control : front;
  const main: Desk = {
    admit: (head) => deskOf(head).admit(head),
    answer: (raw) => deskOf(raw).answer(raw),
  };
  const server = await listen(options.port, counted(main));
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    keys,
    controlToken,
    kubeconfig: async () => {
      const arns = world.aws.clusterArns();
      const clusters = await Promise.all(arns.map(async (arn) => ({ arn, ...(await endpointOf(arn)) })));
      return kubeconfig(clusters, checks.ownToken);
    },
    quietFor: () => performance.now() - lastUsed,
    stop: async () => {
      stopping.abort();
      streams.close();
      await Promise.all([server.close(GRACE_MS), apiServers.close(GRACE_MS)]);
    },
  };
}

function newWorld(
  { region, accountId, empty }: SandboxOptions,
  clock: ScaledClock,
  endpointOf: (arn: string) => Promise<ClusterEndpoint>,
): World {
  const objects = new ObjectStore(clock, accountId);
  const aws = createServices({ clock, objects, region, accountId, endpointOf });
  if (!empty) aws.seed();
  return { services: [new S3Service(objects, clock), ...aws.services], aws };
}
