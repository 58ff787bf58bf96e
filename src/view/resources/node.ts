/** The rows of the Resources view as data. */
import type { Failure } from '../../model/failure';
import type { Phase } from '../../model/phase';
import type { ListedKind, LiveKind, RowKind, ThingKind } from './kinds/kind';
import {
  type BranchNode,
  type DetailedNode,
  isDetailedKind,
  isListedKind,
  isLiveKind,
  isPagedKind,
  isThingKind,
  KINDS,
  type KindNode,
  LISTED,
  LIVE,
  type ListedNode,
  type LiveNode,
  type PagedNode,
  THINGS,
  type ThingNode,
} from './kinds/table';
import { type ConnectionNode, keyOf, parentOf, type Row, type ThingRow } from './row';
import { listedBelow, namesIn } from './shape';

export type { BranchNode, DetailedNode, FolderNode, PagedNode, ThingNode } from './kinds/table';

const LIST_NOTICES = ['empty', 'more', 'others', 'looking', 'fine'] as const;
const NOTICES = ['failure', ...LIST_NOTICES] as const;

/** A row that says why the rows of one list, or of the whole connection, could not be read. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly id: string;
  readonly parent: ConnectionNode | BranchNode;
  readonly failure: Failure;
}

/**
 * A row in a list that stands for no thing. `empty`: the list has no items; `more`: a click reads the next
 * page; `others`: a click shows or hides the rows that are shown only on request. The two other kinds appear
 * only while the view is filtered to rows that need attention. `looking`: for some rows it is not known yet
 * whether they need attention; `fine`: no row needs attention.
 */
export interface ListNotice {
  readonly kind: (typeof LIST_NOTICES)[number];
  readonly id: string;
  readonly parent: BranchNode;
}

export type NoticeNode = FailureNode | ListNotice;

export type ResourceNode = KindNode | NoticeNode;

/** Every kind of row and notice. */
export const ROW_KINDS: readonly ResourceNode['kind'][] = [
  ...(Object.keys(KINDS) as readonly KindNode['kind'][]),
  ...NOTICES,
];

/**
 * The names of the thing and of all things that contain it, the outermost first, as in the subject of an
 * operation.
 */
export function pathOf(node: ThingNode): readonly string[] {
  const path: string[] = [];
  for (let at: Row | undefined = node; at; at = parentOf(at)) {
    if ('parent' in at && isThingKind(at.kind)) path.unshift(...namesIn(at.kind, keyOf(at)));
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

export function isListed(node: ResourceNode): node is ListedNode {
  return isListedKind(node.kind);
}

export function isPaged(node: ResourceNode): node is PagedNode {
  return isPagedKind(node.kind);
}

export function isLive(node: ResourceNode): node is LiveNode {
  return isLiveKind(node.kind);
}

/** A row below which things inside a cluster are listed. */
export type LiveBranch = LiveNode['parent'];

export function isLiveBranch(node: ResourceNode): node is LiveBranch {
  return isLiveKind(listedBelow(node.kind) ?? '');
}

export function isNotice(node: ResourceNode): node is NoticeNode {
  return NOTICES.some((kind) => kind === node.kind);
}

export function kindOf(node: KindNode): RowKind<KindNode> {
  return KINDS[node.kind];
}

/** The phase of a thing, where its list gives it; undefined where details have to be read. */
export function listedPhaseOf(node: ThingNode): Phase | undefined {
  if (isDetailed(node)) return undefined;
  const kind: ListedKind<ThingRow, unknown> | LiveKind<ThingRow, unknown, never> = isLive(node)
    ? LIVE[node.kind]
    : LISTED[node.kind];
  return kind.phase(node);
}

export function listedKindOf(node: ListedNode): ListedKind<ThingRow, unknown> {
  return LISTED[node.kind];
}

export function thingKindOf(node: ThingNode): ThingKind<ThingRow, unknown> {
  return THINGS[node.kind];
}
