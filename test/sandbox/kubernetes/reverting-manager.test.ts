/** Operators, Argo CD with Replace=true and Terraform undo what others write into a template. */
import { expect, it } from 'vitest';
import type { PodTemplate } from '../../../src/sandbox/kubernetes/kinds';
import { letManage, type ManagerKind } from '../../../src/sandbox/kubernetes/reverting-manager';
import { statefulSet } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, testCluster } from './cluster';

const HDB = { resource: 'statefulsets', namespace: NAMESPACE, name: 'hdb' };
const CODE = 'slipway.dev/code-uri';

function managed(kind: ManagerKind) {
  const cluster = testCluster();
  const row = {
    namespace: NAMESPACE,
    name: 'hdb',
    image: 'q:1',
    podAnnotations: { 'checksum/config': 'abc' },
  };
  cluster.apply(node('a'), statefulSet(row));
  cluster.pass(60);
  const template = () => cluster.object('statefulsets', 'hdb').spec?.['template'] as PodTemplate;
  const annotate = () =>
    cluster.edit('statefulsets', 'hdb', (set) => {
      const { metadata, ...rest } = template();
      const annotations = { ...metadata?.annotations, [CODE]: 's3://code/hdb.zip' };
      return { ...set, spec: { ...set.spec, template: { ...rest, metadata: { ...metadata, annotations } } } };
    });
  const manage = () => letManage(cluster, HDB, kind);
  const isThere = () => template().metadata?.annotations?.[CODE] !== undefined;
  return { cluster, template, annotate, manage, isThere };
}

it.each([
  ['operator', 2],
  ['replace', 180],
] as const)('%s undoes it within %i seconds, again and again', (kind, seconds) => {
  const { cluster, template, annotate, manage, isThere } = managed(kind);
  expect(manage()).toBe(true);
  for (let turn = 0; turn < 2; turn += 1) {
    annotate();
    cluster.pass(seconds - 1);
    expect(isThere()).toBe(true);
    cluster.pass(2);
    expect(isThere()).toBe(false);
  }
  expect(template().metadata?.annotations).toEqual({ 'checksum/config': 'abc' });
});

it('Terraform takes it away when it is applied, and not before or after', () => {
  const { cluster, annotate, manage, isThere } = managed('terraform');
  annotate();
  cluster.pass(3600);
  expect(isThere()).toBe(true);
  manage();
  expect(isThere()).toBe(false);
  annotate();
  cluster.pass(3600);
  expect(isThere()).toBe(true);
});

it.each([
  ['operator', 'kxi-operator'],
  ['replace', 'argocd-controller'],
] as const)('%s puts back the template alone, and managedFields say that %s did', (kind, manager) => {
  const { cluster, manage } = managed(kind);
  manage();
  cluster.edit('statefulsets', 'hdb', (set) => {
    const template = set.spec?.['template'] as PodTemplate;
    const changed = { ...template, spec: { ...template.spec, terminationGracePeriodSeconds: 5 } };
    return { ...set, spec: { ...set.spec, minReadySeconds: 3, template: changed } };
  });
  cluster.pass(200);
  const { spec, metadata } = cluster.object('statefulsets', 'hdb');
  expect(spec).toMatchObject({
    minReadySeconds: 3,
    template: { spec: { terminationGracePeriodSeconds: 30 } },
  });
  expect(metadata.managedFields).toContainEqual(
    expect.objectContaining({
      manager,
      operation: 'Update',
      fieldsV1: expect.objectContaining({ 'f:spec': expect.anything() }),
    }),
  );
});

it('is not there for a workload that is not', () => {
  const { cluster } = managed('operator');
  expect(letManage(cluster, { ...HDB, name: 'rdb' }, 'operator')).toBe(false);
});
