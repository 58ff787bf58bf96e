/** Where a thing is: a link to the page of the thing around it, and the region. */
import { PAGED } from '../../resources/kinds/table';
import { isPaged, kindOf, type PagedNode, type ResourceNode } from '../../resources/node';
import { connectionNodeOf } from '../../resources/row';
import { beside } from '../cells';
import type { Cell } from '../page';
import { thingLink } from './buttons';

export function whereOf(row: PagedNode): readonly Cell[] {
  return [...within(row), connectionNodeOf(row).connection.region];
}

function within(row: PagedNode): readonly Cell[] {
  for (let at: ResourceNode = row.parent; at.kind !== 'connection'; at = at.parent) {
    if (!isPaged(at)) continue;
    const { inside } = PAGED[at.kind].page;
    return inside ? [beside(inside(), thingLink(at.id, kindOf(at).appearance(at).label))] : [];
  }
  return [];
}
