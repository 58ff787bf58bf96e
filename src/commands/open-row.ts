/** Opens the page of a row on a click or Enter. */
import type { CommandHandlers } from '../view/command-ids';
import { isPaged, isThing, type PagedNode, type ThingNode } from '../view/resources/node';
import { nodeOf } from './arguments';
import type { NodegroupDeps } from './nodegroup/deps';
import { showDrain } from './nodegroup/drain';
import { clusterOfRow, drainPlaceOfRow } from './nodegroup/place';
import { showPod } from './nodegroup/read-pods';
import type { ThingPages } from './things/thing-pages';

export interface OpenRowDeps {
  readonly things: Pick<ThingPages, 'show'>;
  readonly nodegroups: NodegroupDeps;
}

type OpenRow<N> = (row: N, deps: OpenRowDeps) => Promise<void>;

type UnpagedNode = Exclude<ThingNode, PagedNode>;

/** For each kind of row that is not a `PagedNode`, opens a page with freshly read data. */
const READS: { readonly [N in UnpagedNode as N['kind']]: OpenRow<N> } = {
  node: async (row, { nodegroups }) => {
    const place = drainPlaceOfRow(row);
    if (place) await showDrain(place, nodegroups);
  },
  pod: async (row, { nodegroups }) => {
    const place = clusterOfRow(row);
    if (place) await showPod(place, row.pod, nodegroups);
  },
};

export function openRowCommands(deps: OpenRowDeps): Pick<CommandHandlers, 'slipway.resources.open'> {
  return {
    'slipway.resources.open': async (row) => {
      const node = nodeOf(row);
      if (!node || !isThing(node)) return;
      if (isPaged(node)) await deps.things.show(node);
      else await (READS[node.kind] as OpenRow<UnpagedNode>)(node, deps);
    },
  };
}
