/** The market data cluster: nothing in it blocks a drain. */
import { budget, deployment, type Manifest, namespace, statefulSet } from './manifests';

const IMAGE = 'registry.acme.example/market-data/feed:5.0';

export function marketDataManifests(): readonly Manifest[] {
  const ingest = { namespace: 'feeds', image: IMAGE, group: 'ingest' };
  return [
    namespace('feeds'),
    statefulSet({ ...ingest, name: 'opra', replicas: 3, cpu: '500m' }),
    budget({ namespace: 'feeds', name: 'opra', maxUnavailable: 1 }),
    deployment({ ...ingest, name: 'normalizer', replicas: 4 }),
    budget({ namespace: 'feeds', name: 'normalizer', minAvailable: '50%' }),
    deployment({ ...ingest, name: 'replay', group: 'hardened', replicas: 2 }),
  ];
}
