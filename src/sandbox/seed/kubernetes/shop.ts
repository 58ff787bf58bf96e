/** The objects in each of the sample shop's clusters. */
import type { ObjectStore } from '../../kubernetes/object-store';
import type { Programs } from '../../kubernetes/programs';
import type { SeedSurroundings } from './code-workload';
import { deployment, type Manifest, namespace } from './manifests';
import { marketDataManifests } from './market-data';
import { leaveArchiveHanging, optionsManifests, optionsPrograms } from './options-desk';
import { riskManifests, riskPrograms } from './risk';
import { systemManifests } from './system';
import { TRADING_ADDRESSES, tradingManifests, tradingPrograms } from './trading';

export interface ClusterSeed {
  /**
   * IPv4 addresses of nodes, by node group, where the nodes need fixed names: a node's name is made from
   * its address.
   */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly manifests: (surroundings: SeedSurroundings) => readonly Manifest[];
  readonly programs?: (programs: Programs) => void;
  /** Changes that happen `afterMinutes` simulated minutes after the manifests are created. */
  readonly later?: readonly { readonly afterMinutes: number; readonly run: (store: ObjectStore) => void }[];
}

/** The seed of a cluster that runs only EKS's own workloads. */
const SYSTEM: ClusterSeed = { manifests: systemManifests };

/** The seeds of the clusters that have workloads, by the cluster's name. */
const SEEDS: Readonly<Record<string, ClusterSeed>> = {
  'trading-prod': {
    addresses: TRADING_ADDRESSES,
    manifests: withSystem(tradingManifests),
    programs: tradingPrograms,
  },
  'market-data': { manifests: withSystem(marketDataManifests) },
  'risk-batch': { manifests: withSystem(riskManifests), programs: riskPrograms },
  'options-desk': {
    manifests: withSystem(optionsManifests),
    programs: optionsPrograms,
    later: [{ afterMinutes: 60, run: leaveArchiveHanging }],
  },
  'research-gpu': {
    manifests: withSystem(() => [
      namespace('models'),
      deployment({
        namespace: 'models',
        name: 'inference',
        image: 'registry.acme.example/models/server:1.8',
        group: 'inference',
        replicas: 3,
      }),
    ]),
  },
  compliance: SYSTEM,
  'emea-edge': SYSTEM,
};

/** The seed of a cluster. A cluster that is not in `SEEDS`, such as a cluster of a fleet, gets only nodes. */
export function seedOf(clusterName: string): ClusterSeed {
  const seed = Object.hasOwn(SEEDS, clusterName) ? SEEDS[clusterName] : undefined;
  return seed ?? { manifests: () => [] };
}

function withSystem(manifests: ClusterSeed['manifests']): ClusterSeed['manifests'] {
  return (surroundings) => [...systemManifests(), ...manifests(surroundings)];
}
