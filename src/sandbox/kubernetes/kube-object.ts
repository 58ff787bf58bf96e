/** A Kubernetes object in the API's form. */
import type { Json, JsonObject } from '../protocols/operation';

/** May have more fields than are declared here; the store keeps them unchanged. */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export interface ObjectMeta extends NewObjectMeta {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** RFC 3339, whole seconds. */
  readonly creationTimestamp: string;
  /** Present for kinds that count the changes of their spec; see resources.ts. */
  readonly generation?: number;
  /** The time of the deletion request plus the grace period. Finalizers may keep the object longer. */
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
}

/** An object that is about to be created; members that the store sets may be missing. */
export interface NewObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: NewObjectMeta;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
}

export interface NewObjectMeta extends JsonObject {
  readonly name?: string;
  /** Beginning of the name that an object without a name gets. */
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

export interface OwnerReference extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** The fields that a manager has set: https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
export interface ManagedFieldsEntry extends JsonObject {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time?: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: JsonObject;
  readonly subresource?: string;
}

/** Converts epoch milliseconds to a time as Kubernetes writes it, in whole seconds. */
export function kubeTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** Whether two JSON values are equal; a member that is undefined counts as absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    return (
      isList(a) && isList(b) && a.length === b.length && a.every((one, index) => sameJson(one, b[index]))
    );
  }
  return (
    Object.keys(a).every((member) => sameJson(a[member], b[member])) &&
    Object.keys(b).every((member) => b[member] === undefined || Object.hasOwn(a, member))
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
