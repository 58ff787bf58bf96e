/** Rows of things that services list, as the kinds make them of their examples. */
import type { ThingKind } from '../../src/view/resources/kinds/kind';
import {
  DETAILED,
  FOLDERS,
  type FolderNode,
  isFolderKind,
  isLiveKind,
  type KindNode,
  LISTED,
  type ListedNode,
} from '../../src/view/resources/kinds/table';
import type { ThingRow } from '../../src/view/resources/row';
import { EXAMPLES } from './every-kind';
import { CONNECTION } from './fleet-aws';

export const LISTED_KINDS = Object.keys(LISTED) as readonly ListedNode['kind'][];

/** The row of a thing of which a list says all. */
export function listedRow(kind: ListedNode['kind']): ListedNode {
  return exampleRow(kind) as ListedNode;
}

/** The row with those above it. @throws for one inside of a cluster */
export function exampleRow(kind: KindNode['kind']): KindNode {
  if (kind === 'connection') return { kind, id: CONNECTION.id, connection: CONNECTION };
  if (isLiveKind(kind)) throw new Error(`no service lists any ${kind}`);
  if (isFolderKind(kind)) {
    const { below, key } = FOLDERS[kind];
    const parent = exampleRow(below);
    // The kind says below which rows it is.
    return { kind, id: `${parent.id}/${key}`, parent } as FolderNode;
  }
  const { below, list }: ThingKind<ThingRow, unknown> = { ...LISTED, ...DETAILED }[kind];
  const parent = exampleRow(below as KindNode['kind']);
  const { item } = EXAMPLES[kind];
  return list.row(item, { kind, id: `${parent.id}/${list.key(item)}`, parent }) as ListedNode;
}
