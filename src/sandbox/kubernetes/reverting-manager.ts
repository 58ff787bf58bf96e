/** Managers of workloads that undo what others have changed in a pod template. */
import { ownedAfterUpdate } from './api/managed-fields';
import type { KubernetesCluster } from './cluster-api';
import type { Labels, PodTemplate, Workload } from './kinds';
import { type KubeObject, sameJson } from './kube-object';

/**
 * When a manager undoes the changes of others:
 * - `operator`: soon after a change;
 * - `replace`, which is Argo CD with `Replace=true`: at the next sync after a change;
 * - `terraform`, which is Terraform's provider: once, when Terraform is applied.
 */
export type ManagerKind = 'operator' | 'replace' | 'terraform';

const NAMES: Readonly<Record<ManagerKind, string>> = {
  operator: 'kxi-operator',
  replace: 'argocd-controller',
  terraform: 'Terraform',
};

/** Simulated milliseconds until an operator reacts to a change. */
const OPERATOR = 2_000;
/**
 * Simulated milliseconds from a change until Argo CD's next sync:
 * https://argo-cd.readthedocs.io/en/stable/faq/#how-often-does-argo-cd-check-for-changes-to-my-git-or-helm-repository
 */
const SYNC = 180_000;

const FOREIGN = 'slipway.dev/';

export interface WorkloadRef {
  /** `statefulsets` or `deployments`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Lets a manager undo the changes that others make in a workload's pod template: Terraform does so once, at
 * this call, the other managers from now on.
 * @returns false if there is no such workload
 */
export function letManage(cluster: KubernetesCluster, ref: WorkloadRef, kind: ManagerKind): boolean {
  const { store, time } = cluster;
  const found = store.get(ref.resource, ref.namespace, ref.name) as Workload | undefined;
  if (!found) return false;
  const declared = withoutForeign(found.spec.template);
  const revert = (): void => undo(cluster, ref, kind, declared);
  if (kind === 'terraform') {
    revert();
    return true;
  }
  let isDue = false;
  const look = (object: KubeObject): void => {
    if (isDue || isDeclared(object, declared)) return;
    isDue = true;
    time.after(kind === 'operator' ? OPERATOR : SYNC, () => {
      isDue = false;
      revert();
    });
  };
  store.onChange(({ resource, object }) => {
    if (resource === ref.resource && object.metadata.uid === found.metadata.uid) look(object);
  });
  look(found);
  return true;
}

/** Terraform removes only Slipway's annotations; the other managers restore the whole template. */
function undo(
  { store, time }: KubernetesCluster,
  { resource, namespace, name }: WorkloadRef,
  kind: ManagerKind,
  declared: PodTemplate,
): void {
  const workload = store.get(resource, namespace, name) as Workload | undefined;
  if (!workload) return;
  const template = kind === 'terraform' ? withoutForeign(workload.spec.template) : declared;
  const after = { ...workload, spec: { ...workload.spec, template } };
  const { apiVersion } = workload;
  const writer = { manager: NAMES[kind], operation: 'Update', apiVersion, now: time.now() } as const;
  store.update(resource, ownedAfterUpdate(workload, after, writer));
}

function isDeclared(object: KubeObject, declared: PodTemplate): boolean {
  return sameJson((object as Workload).spec.template, declared);
}

/** The template without Slipway's annotations, which no manager declares. */
function withoutForeign(template: PodTemplate): PodTemplate {
  const { annotations = {}, ...metadata } = template.metadata ?? {};
  const kept: Labels = Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !name.startsWith(FOREIGN)),
  );
  return {
    ...template,
    metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { annotations: kept }) },
  };
}
