/** The tree data provider of the Resources view. */
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
  /** Fires with the number of rows that need attention, a moment after rows were drawn again. */
  readonly onDidCountAttention = this.counted.event;
  /** The content of the view. */
  readonly resources: Resources;

  /**
   * The value of the setting `resources.density`, kept because reading it for each of thousands of rows is
   * slow.
   */
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

  /** Rows are made in turns of the event loop: VS Code asks for all rows of a list at once, perhaps a thousand. */
  getTreeItem(node: ResourceNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.resources.turns.run(() =>
      rowOf(node, this.findBusy, this.density, this.resources.isEmpty(node)),
    );
  }

  /** Reads the setting `resources.density` again and draws all rows. */
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

  /** Resolves when the changed rows have been written to their files. */
  async dispose(): Promise<void> {
    await this.resources.dispose();
    this.changed.dispose();
    this.counted.dispose();
  }
}
