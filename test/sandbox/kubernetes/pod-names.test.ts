/** Names of pods that a controller generates. */
import { expect, it } from 'vitest';
import { isActive } from '../../../src/sandbox/kubernetes/kinds';
import { deployment, job } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, testCluster } from './cluster';

const GIVEN = { namespace: NAMESPACE, name: 'gw', image: 'registry.acme.example/gw:1' };

it.each([
  { resource: 'deployments', manifest: deployment({ ...GIVEN, replicas: 2 }), size: 2 },
  {
    resource: 'jobs',
    manifest: job({ ...GIVEN, pod: { restartPolicy: 'Never' }, spec: {} as never }),
    size: 1,
  },
])(
  'of $resource differ from those of an earlier one whose pods are still there',
  ({ resource, manifest, size }) => {
    const cluster = testCluster();
    cluster.apply(node('a', { cpu: '32' }), manifest);
    cluster.pass(60);
    const old = cluster.names();
    expect(old).toHaveLength(size);
    cluster.store.remove(resource, NAMESPACE, 'gw');
    cluster.pass(1);
    expect(cluster.names()).toEqual(old);
    cluster.apply(manifest);
    cluster.pass(1);
    const added = cluster.names((pod) => isActive(pod) && !old.includes(pod.metadata.name));
    expect(added).toHaveLength(size);
    cluster.pass(120);
    expect(cluster.names(isActive)).toEqual(added);
  },
);
