/** Owners of objects. The owner of an object is another object, which made it and manages it. */
import type { KubeObject, OwnerReference } from '../kube-object';
import { apiVersionOf, RESOURCES } from '../resources';

export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** The `ownerReferences` of the objects that the given object makes. */
export function ownedBy({
  apiVersion,
  kind,
  metadata: { name, uid },
}: KubeObject): readonly OwnerReference[] {
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}

/** The resource of an owner; undefined for kinds that the sandbox does not know. */
export function resourceOf({
  kind,
  apiVersion,
}: Pick<OwnerReference, 'kind' | 'apiVersion'>): string | undefined {
  return RESOURCES.find((known) => known.kind === kind && apiVersionOf(known) === apiVersion)?.plural;
}
