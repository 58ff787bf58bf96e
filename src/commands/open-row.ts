/** What a click or Enter on a row of a thing opens. */
import type { CommandHandlers } from '../view/command-ids';
import type { ThingNode } from '../view/resources/kinds/table';
import { isThing } from '../view/resources/node';
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

/** The page of each kind of thing. */
const PAGES: { readonly [N in ThingNode as N['kind']]: OpenRow<N> } = {
  environment: (row, { things }) => things.show(row),
  'kdb-cluster': (row, { things }) => things.show(row),
  'eks-cluster': (row, { things }) => things.show(row),
  nodegroup: (row, { things }) => things.show(row),
  workload: (row, { things }) => things.show(row),
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
      const open: OpenRow<ThingNode> = PAGES[node.kind] as OpenRow<ThingNode>;
      await open(node, deps);
    },
  };
}
