/**
 * The pages that show the result of one read: after VS Code restored them on a reload, each is read again.
 */
import { connectionFromId } from '../../model/connection';
import type { ReadKey } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import type { NodegroupDeps } from './deps';
import { drainShown } from './drain';
import { placeOfOperation } from './place';
import { heldPodsShown, podShown } from './read-pods';
import { historyShown, insightsShown, launchTemplateShown, subnetsShown } from './show';

/**
 * The restored page; undefined if `connectionId` is not the id of a connection, if `path` lacks a name that
 * the page needs, or if the ledger no longer has the operation of a page of held pods.
 */
export function restoredRead(
  { of, connectionId, path }: ReadKey,
  deps: NodegroupDeps,
): ShownPage | undefined {
  const connection = connectionFromId(connectionId);
  const [first, second, third, fourth] = path;
  if (!connection || first === undefined) return undefined;
  if (of === 'held-pods') {
    const operation = deps.ledger.operations().find(({ id }) => id === first);
    const place = operation && placeOfOperation(operation);
    return operation && place && heldPodsShown(operation, place, deps);
  }
  const cluster = { connection, cluster: first };
  if (of === 'insights') return insightsShown(cluster, deps);
  if (of === 'updates')
    return historyShown({ ...cluster, ...(second !== undefined && { nodegroup: second }) }, deps);
  if (second === undefined) return undefined;
  const nodegroup = { ...cluster, nodegroup: second };
  switch (of) {
    case 'subnets':
      return subnetsShown(nodegroup, deps);
    case 'launch-template':
      return launchTemplateShown(nodegroup, deps);
    case 'drain':
      return drainShown({ ...nodegroup, ...(third !== undefined && { node: third }) }, deps);
    case 'pod':
      return third === undefined || fourth === undefined
        ? undefined
        : podShown(cluster, { namespace: second, name: third, uid: fourth }, deps);
  }
}
