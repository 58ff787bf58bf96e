/** The two trees and the status bar, kept up to date while operations run. */
import type * as vscode from 'vscode';
import { AttentionSources } from '../commands/nodegroup/attention-sources';
import { clustersIn } from '../commands/nodegroup/cluster-inside';
import { settlingReads } from '../commands/settling';
import { treeWorkloads } from '../commands/tree-workloads';
import { systemClock } from '../model/clock';
import { busyAmong, LiveView } from '../view/live';
import { OperationsTree } from '../view/operations/tree';
import { SnapshotFiles } from '../view/resources/memory/snapshot-files';
import type { ResourceNode } from '../view/resources/node';
import type { ResourceSource } from '../view/resources/source';
import { startResourcesView } from '../view/resources/start-view';
import { StatusBar } from '../view/status-bar';
import { UnseenFailures } from '../view/unseen-failures';
import type { Base } from './base';
import type { Running } from './operations';

/** Inferred: each member has the type that {@link createViews} creates. */
export type Views = ReturnType<typeof createViews>;

export function createViews(
  context: vscode.ExtensionContext,
  resourcesTreeView: vscode.TreeView<ResourceNode>,
  base: Base,
  { batches, tracker }: Pick<Running, 'batches' | 'tracker'>,
) {
  const { ledger, log, ports, loadAws, kubernetes, namespaces, store, folders, drains, progressOf } = base;
  const statusBar = new StatusBar(progressOf);
  const unseen = new UnseenFailures(context.globalState);
  const operationsTree = new OperationsTree(
    () => ledger.operations(),
    (operation) => batches.rows(operation),
    progressOf,
  );
  const attentionSources = new AttentionSources(ports, systemClock, drains);
  const source: ResourceSource = {
    services: async (connection, priority) =>
      settlingReads((await (await loadAws()).session(connection))[priority], connection.id, {
        ledger,
        tracker,
      }),
    identity: async (connection, signal) => (await ports(connection)).identities.whoAmI(signal),
    isReady: async (connection) => (await loadAws()).isReady(connection),
    ...clustersIn(kubernetes.load, () => ledger.operations(), systemClock),
    ...treeWorkloads(kubernetes.load, namespaces, ledger, systemClock),
  };
  const resourcesView = startResourcesView(
    resourcesTreeView,
    store,
    {
      source,
      attention: attentionSources.attention(),
      files: new SnapshotFiles(folders.tree, systemClock, (message) => log.warn(message)),
      clock: systemClock,
      log: (message) => log.warn(message),
    },
    busyAmong(() => ledger.operations(), progressOf),
  );
  const { resources } = resourcesView;
  const live = new LiveView({ ledger, resources, operations: operationsTree, statusBar, unseen });
  return { statusBar, unseen, operationsTree, attentionSources, source, resourcesView, resources, live };
}
