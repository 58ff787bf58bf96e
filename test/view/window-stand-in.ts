/**
 * Stands in for the module `vscode` where node runs the tests: it keeps every text that is handed to the window, with
 * the place where it would be shown. It draws nothing; tests look at the texts as VS Code would.
 */

import { stat } from 'node:fs/promises';
import { posix } from 'node:path';

/** How VS Code reads the texts of a place. */
export type Place =
  /** Links of the form `[text](target)` are made. */
  | 'message'
  /** `$(name)` is drawn as an icon. */
  | 'row'
  /** Shown as it is, on one line. */
  | 'label'
  /** Shown as it is, on lines. */
  | 'tooltip'
  /** Rendered as Markdown. */
  | 'markdown'
  /** Entries of the log. */
  | 'log';

export interface ShownText {
  readonly place: Place;
  readonly text: string;
}

const nothing = (): void => undefined;

let texts: ShownText[] = [];

/** Everything that was shown since the last call. */
export function takeShown(): readonly ShownText[] {
  const taken = texts;
  texts = [];
  return taken;
}

function keep(place: Place, text: unknown): void {
  if (typeof text === 'string' && text !== '') texts.push({ place, text });
}

export class Disposable {
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }
  constructor(private readonly end: () => void) {}
  dispose(): void {
    this.end();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class MarkdownString {
  constructor(readonly value: string) {
    keep('markdown', value);
  }
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number,
  ) {
    keep('label', label);
  }
  set description(text: string) {
    keep('label', text);
  }
  set tooltip(text: string) {
    keep('tooltip', text);
  }
  set accessibilityInformation({ label }: { readonly label: string }) {
    keep('label', label);
  }
}

export class Range {}

export class WorkspaceEdit {
  readonly createFile = nothing;
}

export class Diagnostic {
  constructor(_range: Range, message: string) {
    keep('message', message);
  }
}

export class CancellationTokenSource {
  readonly token = {};
  cancel = nothing;
  dispose = nothing;
}

export const FileSystemError = {
  Unavailable: (message: string): Error => {
    keep('message', message);
    return new Error(message);
  },
};

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const QuickInputButtons = { Back: {} };
export const ViewColumn = { Active: -1, Beside: -2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ProgressLocation = { Notification: 15 };

interface PickItem {
  readonly label: string;
  readonly kind?: number;
  readonly description?: string;
  readonly detail?: string;
}

/** A quick pick or an input box, which is left as soon as it shows. */
class QuickInput {
  private readonly hidden = new EventEmitter<void>();
  private readonly accepted = new EventEmitter<void>();
  readonly onDidHide = this.hidden.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidTriggerButton = new EventEmitter<unknown>().event;
  readonly onDidChangeValue = new EventEmitter<string>().event;
  readonly onDidChangeActive = new EventEmitter<readonly PickItem[]>().event;
  value = '';
  activeItems: readonly PickItem[] = [];
  selectedItems: readonly PickItem[] = [];
  set title(text: string) {
    keep('label', text);
  }
  set placeholder(text: string) {
    keep('label', text);
  }
  set prompt(text: string) {
    keep('message', text);
  }
  set validationMessage(text: string) {
    keep('message', text);
  }
  set items(items: readonly PickItem[]) {
    for (const { label, kind, description, detail } of items) {
      keep(kind === QuickPickItemKind.Separator ? 'label' : 'row', label);
      keep('row', description);
      keep('row', detail);
    }
  }
  show(): void {
    queueMicrotask(() => {
      this.accepted.fire();
      this.hidden.fire();
    });
  }
  dispose = nothing;
}

interface Progress {
  report(step: { readonly message?: string }): void;
}

const message = async (text: string, ...buttons: readonly string[]): Promise<undefined> => {
  keep('message', text);
  for (const button of buttons) keep('label', button);
};

export const window = {
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  setStatusBarMessage: (text: string): void => keep('row', text),
  async showInputBox(box: { readonly title: string; readonly prompt: string }): Promise<string> {
    keep('label', box.title);
    keep('message', box.prompt);
    return '123456';
  },
  async withProgress<T>(
    { title }: { readonly title?: string },
    work: (progress: Progress, token: unknown) => Promise<T>,
  ): Promise<T> {
    keep('message', title);
    const token = { onCancellationRequested: () => new Disposable(() => undefined) };
    return await work({ report: (step) => keep('message', step.message) }, token);
  },
  createQuickPick: (): QuickInput => new QuickInput(),
  createInputBox: (): QuickInput => new QuickInput(),
  createStatusBarItem: () => ({
    set text(text: string) {
      keep('row', text);
    },
    set tooltip(text: string) {
      keep('tooltip', text);
    },
    set accessibilityInformation({ label }: { readonly label: string }) {
      keep('label', label);
    },
    show: nothing,
    hide: nothing,
    dispose: nothing,
  }),
};

/** A file's URI, or one of any scheme without a query. */
export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = '',
  ) {}
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static from({ scheme, path = '', query }: { scheme: string; path?: string; query?: string }): Uri {
    return new Uri(scheme, path, query);
  }
  static parse(text: string): Uri {
    const { protocol, pathname } = new URL(text);
    return new Uri(protocol.replace(':', ''), decodeURIComponent(pathname));
  }
  static joinPath({ scheme, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri(scheme, posix.join(path, ...parts));
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${encodeURI(this.path)}`;
  }
}

export const FileType = { File: 1 };

const fs = {
  stat: async ({ fsPath }: Uri): Promise<{ readonly type: number }> => ({
    type: (await stat(fsPath)).isFile() ? FileType.File : 0,
  }),
};

export const extensions = {
  /** Ids of those that are installed; whoever changes it puts it back. */
  installed: new Set<string>(),
  getExtension: (id: string): object | undefined => (extensions.installed.has(id) ? {} : undefined),
};

/** What the user has set: Slipway's by their names behind `slipway.`, others by their full ones; whoever changes it puts it back. */
export const settings = new Map<string, unknown>();

/** Tells of each file that is opened. */
const opened = new EventEmitter<{ readonly uri: Uri }>();

/** A window without a folder. Files of a test run one after the other in one process: whoever changes it puts it back. */
export const workspace = {
  isTrusted: true,
  workspaceFolders: [] as readonly { readonly uri: Uri; readonly name: string; readonly index: number }[],
  fs,
  getConfiguration: (section: string) => ({
    get: (name: string): unknown => settings.get(section === 'slipway' ? name : `${section}.${name}`),
  }),
  opened,
  onDidOpenTextDocument: opened.event,
  textDocuments: [] as readonly { readonly uri: Uri }[],
};

const entry = (text: string): void => keep('log', text);

/** A channel for the log. */
export const channel = { debug: entry, info: entry, warn: entry, error: entry, show: nothing };

let copied = '';

export const env = {
  language: 'en',
  clipboard: {
    async writeText(text: string): Promise<void> {
      copied = text;
    },
    async readText(): Promise<string> {
      return copied;
    },
  },
};

export const commands = {
  async executeCommand(_command: string, ...args: readonly unknown[]): Promise<void> {
    for (const arg of args) keep('label', arg);
  },
};
