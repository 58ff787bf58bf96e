/** Fills a new Kubernetes cluster: starts its controllers, and creates its nodes and its seeded objects. */
import { createHash } from 'node:crypto';
import type { EksCluster } from '../../eks/cluster';
import { ownedAfterUpdate } from '../../kubernetes/api/managed-fields';
import type { KubernetesCluster } from '../../kubernetes/cluster-api';
import { startControllers } from '../../kubernetes/controllers/cluster-controllers';
import type { PodTemplate } from '../../kubernetes/kinds';
import type { NewObject } from '../../kubernetes/kube-object';
import { GroupNodes, type NodeParts } from '../../nodes/group-nodes';
import type { ObjectStore } from '../../s3/store';
import { MINUTE } from '../../timeline';
import type { CodeRow } from './code-workload';
import { seedOf } from './shop';

/** A cluster's nodes and objects count as created this many simulated milliseconds before its first use. */
const PAST = 3 * 60 * MINUTE;

/**
 * The object key of the newest code. The name of the shop's bucket is `acme-kdb-code-` and the account
 * id.
 */
const CODE_KEY = 'equities/releases/equities.zip';

export interface BeginParts extends NodeParts {
  readonly objects: ObjectStore;
}

export function beginCluster(kubernetes: KubernetesCluster, eks: EksCluster, parts: BeginParts): void {
  const seed = seedOf(eks.facts.name);
  const { store, time, programs } = kubernetes;
  const { objects } = parts;
  startControllers(kubernetes, (bucket, key, version) => objects.get(bucket, key, version)?.bytes);
  seed.programs?.(programs);
  time.past(PAST, () => {
    const nodes = new Map<string, readonly string[]>();
    for (const group of eks.nodegroups.values()) {
      const { name } = group.facts;
      const own = new GroupNodes(eks, group, kubernetes, parts);
      for (let index = 0; index < group.state.scaling.desiredSize; index += 1)
        own.addReady(group.state, seed.addresses?.[name]?.[index]);
      nodes.set(
        name,
        own.list().map(({ metadata }) => metadata.name),
      );
    }
    const nodesOf = (group: string): readonly string[] => nodes.get(group) ?? [];
    const manifests = seed.manifests({ nodesOf, code: (script) => deployedCode(objects, script) });
    for (const { resource, object, manager = 'kubectl-client-side-apply' } of manifests) {
      const { apiVersion } = object;
      const writer = { manager, operation: 'Update', apiVersion, now: time.now() } as const;
      const made = ownedAfterUpdate(undefined, withoutCode(object), writer);
      const deployer = { ...writer, manager: 'slipway', operation: 'Apply' } as const;
      const { metadata } = ownedAfterUpdate(made, { ...object, metadata: made.metadata }, deployer);
      store.create(resource, { ...object, metadata });
    }
    for (const { afterMinutes, run } of seed.later ?? []) time.after(afterMinutes * MINUTE, () => run(store));
  });
}

/**
 * The object without its code annotations: they belong to the field manager that deploys the code, not to
 * the manager that made the workload.
 */
function withoutCode(object: NewObject): NewObject {
  const template = object.spec?.['template'] as PodTemplate | undefined;
  if (template?.metadata?.annotations === undefined) return object;
  const { annotations, ...metadata } = template.metadata;
  const kept = Object.entries(annotations).filter(([name]) => !name.startsWith('slipway.dev/'));
  const others = kept.length > 0 && { annotations: Object.fromEntries(kept) };
  return {
    ...object,
    spec: { ...object.spec, template: { ...template, metadata: { ...metadata, ...others } } },
  };
}

/**
 * The newest version of the shop's code zip, with `script` as the initialization script. Undefined if the
 * zip was deleted.
 */
function deployedCode(objects: ObjectStore, script: string): CodeRow | undefined {
  const bucket = `acme-kdb-code-${objects.accountId}`;
  const found = objects.get(bucket, CODE_KEY);
  if (found?.versionId === undefined) return undefined;
  const digest = createHash('sha256').update(found.bytes).digest('hex');
  return { uri: `s3://${bucket}/${CODE_KEY}`, version: found.versionId, digest, script };
}
