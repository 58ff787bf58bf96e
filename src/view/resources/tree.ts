/** The Resources view as VS Code asks for it. */
import * as vscode from 'vscode';
import { choiceSetting } from '../settings';
import type { AttentionCount } from './attention-count';
import type { ResourceNode } from './node';
import { type ResourceParts, Resources } from './resources';
import { type FindBusy, rowOf } from './rows';
import { tooltipOf } from './tooltip';

export class ResourceTree implements vscode.TreeDataProvider<ResourceNode> {
  private readonly changed = new vscode.EventEmitter<readonly ResourceNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event as vscode.Event<ResourceNode[] | undefined>;
  private readonly counted = new vscode.EventEmitter<AttentionCount>();
  /** Fires with the number of rows that need attention, each time that more is known. */
  readonly onDidCountAttention = this.counted.event;
  /** What is shown. */
  readonly resources: Resources;

  /** Read once and not for each row, of which there are thousands. */
  private density = choiceSetting('resources.density');

  constructor(
    private readonly parts: ResourceParts,
    private readonly findBusy: FindBusy,
  ) {
    this.resources = new Resources(parts, {
      draw: (rows) => this.changed.fire(rows),
      count: (count) => this.counted.fire(count),
    });
  }

  /** In turns of the event loop: VS Code asks for all rows of a list at once, of which there may be a thousand. */
  getTreeItem(node: ResourceNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.resources.turns.run(() =>
      rowOf(node, this.findBusy, this.density, this.resources.isEmpty(node)),
    );
  }

  /** Draws all rows as the setting says now. */
  readDensity(): void {
    this.density = choiceSetting('resources.density');
    this.changed.fire(undefined);
  }

  getParent(node: ResourceNode): ResourceNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  getChildren(node?: ResourceNode): Promise<ResourceNode[]> {
    return this.resources.children(node);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ResourceNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      item.tooltip = await tooltipOf(node, this.parts.source, stop.signal);
      return item;
    } finally {
      listening.dispose();
    }
  }

  /** Resolves when all that outlives the window is on disk. */
  async dispose(): Promise<void> {
    await this.resources.dispose();
    this.changed.dispose();
    this.counted.dispose();
  }
}
