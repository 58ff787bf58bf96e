/** What was read from AWS seconds ago, used again for planning: a save should not wait for what hardly ever changes. */
import type { Clock } from '../../model/clock';
import type { KdbCluster } from '../../model/kdb';
import type { DeployPorts } from '../ports';

export interface RememberedReads {
  /** For planning alone: the last look before an update is for the ports themselves. */
  readonly ports: DeployPorts;
  /** A cluster as somebody else has just read it, e.g. whoever follows an update. */
  learn(cluster: KdbCluster): void;
  /** Forgets everything, as after a drift. */
  clear(): void;
}

/** `forMs`: how old an answer may be, in milliseconds. Failures are not remembered. */
export function rememberReads(ports: DeployPorts, clock: Clock, forMs: number): RememberedReads {
  const memory = new Map<string, { readonly at: number; readonly value: unknown }>();

  async function remembered<T>(name: readonly string[], read: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(name);
    const known = memory.get(key);
    // Each name is asked with one type of answer.
    if (known !== undefined && clock.now() - known.at < forMs) return known.value as T;
    const value = await read();
    memory.set(key, { at: clock.now(), value });
    return value;
  }

  const { finspace, objects, identities } = ports;
  return {
    ports: {
      identities,
      finspace: {
        ...finspace,
        getEnvironment: (id, signal) =>
          remembered(['environment', id], () => finspace.getEnvironment(id, signal)),
        getCluster: (id, name, signal) =>
          remembered(['cluster', id, name], () => finspace.getCluster(id, name, signal)),
      },
      objects: {
        ...objects,
        bucketRegion: (bucket, signal) =>
          remembered(['region', bucket], () => objects.bucketRegion(bucket, signal)),
        versioning: (bucket, signal) =>
          remembered(['versioning', bucket], () => objects.versioning(bucket, signal)),
        policy: (bucket, signal) => remembered(['policy', bucket], () => objects.policy(bucket, signal)),
        publicAccessBlock: (bucket, signal) =>
          remembered(['public', bucket], () => objects.publicAccessBlock(bucket, signal)),
      },
    },
    learn: (cluster) =>
      void memory.set(JSON.stringify(['cluster', cluster.environmentId, cluster.name]), {
        at: clock.now(),
        value: cluster,
      }),
    clear: () => memory.clear(),
  };
}
