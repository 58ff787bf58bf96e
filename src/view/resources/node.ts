/** The rows of the Resources view as data. */
import type { Failure } from '../../model/failure';
import type { RowKind, ThingKind } from './kinds/kind';
import {
  type BranchNode,
  type DetailedNode,
  isDetailedKind,
  isThingKind,
  KINDS,
  type KindNode,
  THINGS,
  type ThingNode,
} from './kinds/table';
import { keyOf, parentOf, type Row, type ThingRow } from './row';
import { listedBelow } from './shape';

export type { BranchNode, DetailedNode, FolderNode, ThingNode } from './kinds/table';

const NOTICES = ['failure', 'empty', 'more', 'looking', 'fine'] as const;

/**
 * A row that stands for rows: why there are none, or that there are more. `looking` and `fine` stand where only what
 * needs attention is shown: while that is being found out, and when there is nothing.
 */
export interface NoticeNode {
  readonly kind: (typeof NOTICES)[number];
  readonly id: string;
  readonly parent: BranchNode;
  readonly failure?: Failure;
}

export type ResourceNode = KindNode | NoticeNode;

/** Every kind of row and notice. */
export const ROW_KINDS: readonly ResourceNode['kind'][] = [
  ...(Object.keys(KINDS) as readonly KindNode['kind'][]),
  ...NOTICES,
];

/** Names of the thing from the outermost on, as an operation's subject has them. */
export function pathOf(node: ThingNode): readonly string[] {
  const path: string[] = [];
  for (let at: Row | undefined = node; at; at = parentOf(at)) {
    if ('parent' in at && isThingKind(at.kind)) path.unshift(keyOf(at));
  }
  return path;
}

export function isBranch(node: ResourceNode): node is BranchNode {
  return listedBelow(node.kind) !== undefined;
}

export function isThing(node: ResourceNode): node is ThingNode {
  return isThingKind(node.kind);
}

export function isDetailed(node: ResourceNode): node is DetailedNode {
  return isDetailedKind(node.kind);
}

export function isNotice(node: ResourceNode): node is NoticeNode {
  return NOTICES.some((kind) => kind === node.kind);
}

export function kindOf(node: KindNode): RowKind<KindNode> {
  return KINDS[node.kind];
}

export function thingKindOf(node: ThingNode): ThingKind<ThingRow, unknown> {
  return THINGS[node.kind];
}
