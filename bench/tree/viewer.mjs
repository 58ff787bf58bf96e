// Looks at a tree as VS Code does: asks for rows, for how each looks, and again for what it is told has changed.

/** @typedef {import('../../src/view/resources/tree').ResourceTree} ResourceTree */
/** @typedef {import('../../src/view/resources/node').ResourceNode} Row */

export class Viewer {
  /** What is shown of each row; VS Code keeps as much. @type {Map<string, unknown>} */
  shown = new Map();
  /** @type {Set<string>} */
  #open = new Set();

  /** @param {ResourceTree} tree */
  constructor(tree) {
    this.tree = tree;
    this.listening = tree.onDidChangeTreeData((rows) => {
      for (const row of rows ?? []) {
        void this.#show(row);
        if (this.#open.has(row.id)) void this.open(row);
      }
    });
  }

  /** The rows below a row once they are there, with how each looks. @param {Row} [row] */
  async open(row) {
    if (row) this.#open.add(row.id);
    const rows = await this.tree.getChildren(row);
    await Promise.all(rows.map((one) => this.#show(one)));
    return rows;
  }

  /** The row of a connection's clusters. */
  async clusters() {
    const [connection] = await this.open();
    const groups = connection ? await this.open(connection) : [];
    const found = groups.find(({ kind }) => kind === 'eks');
    if (!found) throw new Error('the tree has no EKS clusters');
    return found;
  }

  dispose() {
    this.listening.dispose();
  }

  /** @param {Row} row */
  async #show(row) {
    this.shown.set(row.id, await this.tree.getTreeItem(row));
  }
}
