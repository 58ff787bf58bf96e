/** The trading cluster: a tick plant, gateways, and an order book that nobody may disturb. */
import type { Programs } from '../../kubernetes/programs';
import { budget, deployment, type Manifest, namespace, statefulSet } from './manifests';

const Q = 'registry.acme.example/kdb/q:4.1.5';

/** A node of oms-guarded that comes first, so that the order book always runs on it. */
export const TRADING_ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'oms-guarded': ['10.20.14.201', '10.20.41.17', '10.20.77.9', '10.20.29.33'],
};

export function tradingManifests(): readonly Manifest[] {
  const tick = {
    namespace: 'tick',
    image: Q,
    group: 'feed-handlers',
    labels: { 'app.kubernetes.io/part-of': 'tick' },
  };
  const oms = { namespace: 'oms', image: 'registry.acme.example/oms/server:7.12', group: 'oms-guarded' };
  return [
    namespace('tick'),
    namespace('oms'),
    statefulSet({ ...tick, name: 'tp', replicas: 2, cpu: '500m' }),
    budget({ namespace: 'tick', name: 'tp', maxUnavailable: 1 }),
    statefulSet({ ...tick, name: 'rdb', replicas: 3, cpu: '500m', memory: '2Gi' }),
    budget({ namespace: 'tick', name: 'rdb', maxUnavailable: 1 }),
    statefulSet({
      ...tick,
      name: 'hdb',
      replicas: 4,
      memory: '2Gi',
      spec: {
        volumeClaimTemplates: [
          {
            metadata: { name: 'db' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '200Gi' } } },
          },
        ],
      },
    }),
    budget({ namespace: 'tick', name: 'hdb', minAvailable: '50%' }),
    deployment({ ...tick, name: 'gw', replicas: 4 }),
    budget({ namespace: 'tick', name: 'gw', minAvailable: 2 }),
    statefulSet({ ...oms, name: 'order-book' }),
    budget({ namespace: 'oms', name: 'order-book', maxUnavailable: 0 }),
    deployment({ ...oms, name: 'limits', replicas: 2 }),
    budget({ namespace: 'oms', name: 'limits', maxUnavailable: 1 }),
    deployment({
      namespace: 'oms',
      name: 'fix-gateway',
      image: 'registry.acme.example/oms/fix:7.12',
      group: 'oms-low-latency',
      replicas: 2,
      cpu: '4',
    }),
  ];
}

export function tradingPrograms(programs: Programs): void {
  programs.set(
    { image: 'registry.acme.example/kdb/q' },
    {
      readySeconds: 15,
      stopSeconds: 5,
      log: [
        'KDB+ 4.1 2025.02.18 Copyright (C) 1993-2025 Kx Systems',
        'l64/ 4(16)core 15734MB',
        'q process is ready',
      ],
    },
  );
}
