/** The facts that are remembered about one node while its node group is updated. Times are epoch milliseconds. */

import type { Json } from '../model/json';
import type { KubernetesNode } from '../model/kubernetes';
import { present } from '../model/present';

export interface NodeRecord {
  readonly uid: string;
  readonly name: string;
  readonly instanceId?: string;
  /** True if the node existed before the update, which is to replace it. */
  readonly isOld: boolean;
  readonly seenAt: number;
  /** When the node was first seen ready; not set for old nodes. */
  readonly readyAt?: number;
  readonly cordonedAt?: number;
  /** When the node was first seen cordoned with pods leaving. */
  readonly drainingSince?: number;
  /** When the node was found missing; removed if the node is seen again. */
  readonly goneAt?: number;
}

export function recordOf(
  { uid, name, instanceId }: Pick<KubernetesNode, 'uid' | 'name' | 'instanceId'>,
  isOld: boolean,
  seenAt: number,
): NodeRecord {
  return { uid, name, ...present({ instanceId }), isOld, seenAt };
}

/**
 * Returns a test that is true for the nodes of these records. A machine that joins the cluster again gets
 * another uid, but counts as the same node.
 */
export function isAmong(
  records: readonly NodeRecord[],
): (node: Pick<KubernetesNode, 'uid' | 'instanceId'>) => boolean {
  const uids = new Set(records.map(({ uid }) => uid));
  const machines = new Set(records.map(({ instanceId }) => instanceId));
  return ({ uid, instanceId }) => uids.has(uid) || (instanceId !== undefined && machines.has(instanceId));
}

export function recordJson(record: NodeRecord): Json {
  return { ...record };
}

/** The record that {@link recordJson} has written; undefined for a value of any other shape. */
export function readRecord(json: Json | undefined): NodeRecord | undefined {
  const stored = json as Partial<Record<keyof NodeRecord, unknown>> | null | undefined;
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isTime = (value: unknown): boolean => value === undefined || typeof value === 'number';
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { uid, name, instanceId, isOld, seenAt, readyAt, cordonedAt, drainingSince, goneAt } = stored;
  const isWhole =
    isText(uid) &&
    isText(name) &&
    (instanceId === undefined || isText(instanceId)) &&
    typeof isOld === 'boolean' &&
    typeof seenAt === 'number' &&
    [readyAt, cordonedAt, drainingSince, goneAt].every(isTime);
  return isWhole ? (stored as NodeRecord) : undefined;
}
