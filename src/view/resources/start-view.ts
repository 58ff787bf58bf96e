/** Composes the Resources view: its rows, its badge, and its polls while it is visible. */
import * as vscode from 'vscode';
import type { ConnectionStore } from '../connection-store';
import { badgeOf } from './attention-count';
import type { ResourceNode } from './node';
import type { ResourceParts, Resources } from './resources';
import type { FindBusy } from './rows';
import { ResourceTree } from './tree';
import { watchView } from './watch-view';

export interface ResourcesView {
  readonly tree: ResourceTree;
  readonly resources: Resources;
  /** Resolves when the changed rows have been written to their files. */
  dispose(): Promise<void>;
}

export function startResourcesView(
  view: vscode.TreeView<ResourceNode>,
  store: ConnectionStore,
  parts: Omit<ResourceParts, 'connections'>,
  findBusy: FindBusy,
): ResourcesView {
  const tree = new ResourceTree({ ...parts, connections: () => store.all() }, findBusy);
  const { resources } = tree;
  tree.onDidCountAttention((count) => {
    view.badge = badgeOf(count);
  });
  store.onDidChange(() => resources.connectionsChanged());
  const watch = watchView(view, resources, parts.clock, parts.log);
  const listening = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('slipway.resources.density')) tree.readDensity();
  });
  return {
    tree,
    resources,
    async dispose() {
      watch.dispose();
      listening.dispose();
      // VS Code goes on showing the badge of a view that is gone, until a later view sets its own.
      view.badge = undefined;
      await tree.dispose();
    },
  };
}
