/** A page that is only looked at shares its panel with the next one, until somebody keeps it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { Page } from '../../src/view/pages/page';
import { writtenKey } from '../../src/view/pages/page-key';
import { Pages, type ShownPage } from '../../src/view/pages/panels';
import { EventEmitter, Uri } from './window-stand-in';

/** A panel as VS Code has it: in front until another one is. */
class Panel {
  readonly disposed = new EventEmitter<void>();
  readonly changed = new EventEmitter<void>();
  readonly heard = new EventEmitter<unknown>();
  readonly onDidDispose = this.disposed.event;
  readonly onDidChangeViewState = this.changed.event;
  readonly told: unknown[] = [];
  readonly webview = {
    html: '',
    options: {},
    cspSource: 'csp',
    onDidReceiveMessage: this.heard.event,
    asWebviewUri: (uri: unknown) => uri,
    postMessage: async (said: unknown) => void this.told.push(said),
  };
  visible = true;
  active = true;

  constructor(public title: string) {}

  reveal(): void {
    for (const panel of panels) panel.turn(panel === this);
  }
  turn(isInFront: boolean): void {
    this.visible = isInFront;
    this.active = isInFront;
    this.changed.fire();
  }
  dispose(): void {
    panels = panels.filter((panel) => panel !== this);
    this.disposed.fire();
  }
}

let panels: readonly Panel[];
let contexts: unknown[];
let closed: string[];
let pressed: string[];
let kept: Map<string, unknown>;
let pages: Pages;

const BUTTON = 'go';

beforeEach(() => {
  panels = [];
  contexts = [];
  closed = [];
  pressed = [];
  vi.spyOn(vscode.commands, 'executeCommand').mockImplementation(async (_command, _key, value) => {
    contexts.push(value);
  });
  Object.assign(vscode.window, {
    createWebviewPanel: (_type: string, title: string) => {
      for (const panel of panels) panel.turn(false);
      const panel = new Panel(title);
      panels = [...panels, panel];
      return panel;
    },
  });
  kept = new Map();
  pages = openPages();
});

// The stand-in for the window is other tests' too.
afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(vscode.window, 'createWebviewPanel');
});

/** As each window has them: what the workspace keeps is all that they share. */
function openPages(): Pages {
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as unknown as vscode.Memento;
  return new Pages(Uri.file('/extension') as never, memento, (thrown) => {
    throw thrown;
  });
}

function page(name: string, sharesPanel = true): ShownPage {
  const content: Page = {
    kind: 'Node group',
    heading: name,
    about: [],
    state: { tone: 'good', text: 'fine' },
    notices: [],
    buttons: [{ id: BUTTON, label: 'Go' }],
    sections: [],
  };
  return {
    key: { kind: 'thing', of: 'nodegroup', connectionId: 'c', path: [name] },
    title: name,
    sharesPanel,
    content: () => content,
    press: (button) => pressed.push(`${name} ${button}`),
    closed: () => closed.push(name),
  };
}

const titles = (): readonly string[] => panels.map(({ title }) => title);

/** The script of a panel's page has begun to run. */
async function loaded(panel: Panel | undefined): Promise<void> {
  const before = panel?.told.length ?? 0;
  panel?.heard.fire({ type: 'ready' });
  await vi.waitFor(() => expect(panel?.told.length).toBeGreaterThan(before));
}

test('one page takes the tab of the one before, which is closed and hears nothing any more', async () => {
  await pages.show(page('a'));
  await loaded(panels[0]);
  await pages.show(page('b'));
  expect(titles()).toEqual(['b']);
  expect(closed).toEqual(['a']);
  expect(panels[0]?.webview.html).toContain(writtenKey(page('b').key).replaceAll('"', '&quot;'));
  // Nothing of the new page was told yet: no button of it can have been pressed.
  panels[0]?.heard.fire({ type: 'press', button: BUTTON });
  await loaded(panels[0]);
  expect(pressed).toEqual([]);
  expect(panels[0]?.told.at(-1)).toMatchObject({ html: expect.stringContaining('>b<') });
  panels[0]?.heard.fire({ type: 'press', button: BUTTON });
  expect(pressed).toEqual([`b ${BUTTON}`]);
});

test.each([
  ['it is opened once more, as by a double click', () => pages.show(page('a'))],
  ['the user says so', async () => pages.keepShared()],
  [
    'one of its buttons is pressed',
    async () => {
      await loaded(panels[0]);
      panels[0]?.heard.fire({ type: 'press', button: BUTTON });
    },
  ],
])('a page is kept once %s', async (_, keep) => {
  await pages.show(page('a'));
  await keep();
  await pages.show(page('b'));
  await pages.show(page('c'));
  expect(titles()).toEqual(['a', 'c']);
  expect(closed.at(-1)).toBe('b');
  // It is brought to the front again, not opened twice.
  await pages.show(page('a'));
  expect(titles()).toEqual(['a', 'c']);
});

test('a page that shares with none has a tab of its own, and a tab that was closed is not taken over', async () => {
  await pages.show(page('plan', false));
  await pages.show(page('a'));
  await pages.show(page('log', false));
  expect(titles()).toEqual(['plan', 'a', 'log']);
  panels[1]?.dispose();
  await pages.show(page('b'));
  expect(titles()).toEqual(['plan', 'log', 'b']);
  expect(closed).toEqual(['a']);
});

test('menus know whether the page in front shares its tab', async () => {
  await pages.show(page('plan', false));
  expect(contexts).toEqual([]);
  await pages.show(page('a'));
  expect(contexts).toEqual([true]);
  panels[0]?.reveal();
  expect(contexts).toEqual([true, false]);
  await pages.show(page('b'));
  pages.keepShared();
  expect(contexts).toEqual([true, false, true, false]);
});

describe('after a reload', () => {
  /** The panel comes back, whose page is made anew. */
  async function broughtBack(...names: readonly string[]): Promise<void> {
    const before = panels;
    pages = openPages();
    for (const name of names) {
      const panel = before.find(({ title }) => title === name);
      if (panel) await pages.adopt(panel as never, page(name));
    }
  }

  test('the shared page is shared as before, and a kept one is kept', async () => {
    await pages.show(page('kept'));
    pages.keepShared();
    await pages.show(page('shared'));
    await broughtBack('shared', 'kept');
    await pages.show(page('next'));
    expect(titles()).toEqual(['kept', 'next']);
  });

  test('a page that comes back once another one shares is kept', async () => {
    await pages.show(page('hidden'));
    await broughtBack();
    await pages.show(page('new'));
    const [hidden] = panels;
    await pages.adopt(hidden as never, page('hidden'));
    await pages.show(page('next'));
    expect(titles()).toEqual(['hidden', 'next']);
  });
});
