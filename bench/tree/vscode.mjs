// What rows are made of in VS Code, for a process without VS Code.

/** Nothing is set. */
export const workspace = { getConfiguration: () => ({ get: () => undefined }) };

export class EventEmitter {
  /** @type {Set<(value: unknown) => void>} */
  #listeners = new Set();

  event = (/** @type {(value: unknown) => void} */ listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** @param {unknown} value */
  fire(value) {
    for (const listener of this.#listeners) listener(value);
  }

  dispose() {
    this.#listeners.clear();
  }
}

export class TreeItem {
  /** @param {string} label @param {number} [collapsibleState] */
  constructor(label, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class ThemeIcon {
  /** @param {string} id @param {ThemeColor} [color] */
  constructor(id, color) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }
}

export class MarkdownString {
  value = '';
}
