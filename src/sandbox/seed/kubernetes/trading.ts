/** The trading cluster: a tick plant, gateways, and an order book that must not be evicted. */
import type { OwnerReference } from '../../kubernetes/kube-object';
import type { Programs } from '../../kubernetes/programs';
import { type SeedSurroundings, withCode } from './code-workload';
import { budget, deployment, type Manifest, namespace, serviceAccount, statefulSet } from './manifests';

const Q = 'registry.acme.example/kdb/q:4.1.5';

/**
 * Fixed addresses of the nodes of `oms-guarded`, so that the order book always starts on the first of
 * them.
 */
export const TRADING_ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'oms-guarded': ['10.20.14.201', '10.20.41.17', '10.20.77.9', '10.20.29.33'],
};

/** @param code returns the code that the shop has deployed, with the given initialization script. */
export function tradingManifests({ code }: SeedSurroundings): readonly Manifest[] {
  const tick = {
    namespace: 'tick',
    image: Q,
    group: 'feed-handlers',
    labels: { 'app.kubernetes.io/part-of': 'tick' },
    pod: { serviceAccountName: 'tick' },
  };
  const oms = { namespace: 'oms', image: 'registry.acme.example/oms/server:7.12', group: 'oms-guarded' };
  return [
    namespace('tick'),
    namespace('oms'),
    serviceAccount({ namespace: 'tick', name: 'tick', role: 'arn:aws:iam::111122223333:role/tick-code' }),
    statefulSet({ ...tick, name: 'tp', replicas: 2, cpu: '500m' }),
    budget({ namespace: 'tick', name: 'tp', maxUnavailable: 1 }),
    // This workload follows the convention but has no code yet, so that code can be deployed to it for the
    // first time.
    statefulSet(withCode({ ...tick, name: 'rdb', replicas: 3, cpu: '500m', memory: '2Gi' }, undefined)),
    budget({ namespace: 'tick', name: 'rdb', maxUnavailable: 1 }),
    statefulSet(
      withCode(
        { ...tick, name: 'hdb', replicas: 4, memory: '2Gi', spec: { volumeClaimTemplates: [DATABASE] } },
        code('hdb/init.q'),
      ),
    ),
    budget({ namespace: 'tick', name: 'hdb', minAvailable: '50%' }),
    deployment(withCode({ ...tick, name: 'gw', replicas: 4 }, code('gw/init.q'))),
    budget({ namespace: 'tick', name: 'gw', minAvailable: 2 }),
    // OnDelete: new code reaches a pod only when somebody deletes the pod and the controller replaces it.
    statefulSet(
      withCode(
        { ...tick, name: 'eod', replicas: 2, spec: { updateStrategy: { type: 'OnDelete' } } },
        code('gp/init.q'),
      ),
    ),
    ...owned(),
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

const DATABASE = {
  metadata: { name: 'db' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '200Gi' } } },
};

/** Workloads that a tool manages: an operator, Argo CD, Flux. */
function owned(): readonly Manifest[] {
  const row = { namespace: 'tick', image: Q, group: 'feed-handlers' };
  const operator = withCode(
    { ...row, name: 'insights-rdb', labels: { 'insights.kx.com/app': 'assembly' } },
    undefined,
  );
  const assembly = {
    apiVersion: 'insights.kx.com/v1',
    kind: 'Assembly',
    name: 'equities',
    uid: '5d3b2f0a-7c1e-4a86-9f42-0b6c8d7e1a35',
    controller: true,
    blockOwnerDeletion: true,
  };
  return [
    byOwner(statefulSet(operator), assembly),
    {
      ...deployment(
        withCode(
          {
            ...row,
            name: 'signals',
            annotations: { 'argocd.argoproj.io/tracking-id': 'signals:apps/Deployment:tick/signals' },
          },
          undefined,
        ),
      ),
      manager: 'argocd-controller',
    },
    {
      ...deployment(
        withCode(
          {
            ...row,
            name: 'reports',
            labels: {
              'kustomize.toolkit.fluxcd.io/name': 'reports',
              'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
            },
          },
          undefined,
        ),
      ),
      manager: 'kustomize-controller',
    },
  ];
}

function byOwner({ resource, object }: Manifest, owner: OwnerReference): Manifest {
  const metadata = { ...object.metadata, ownerReferences: [owner] };
  return { resource, object: { ...object, metadata }, manager: 'kxi-operator' };
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
