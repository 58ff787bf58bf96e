/** A window of the real VS Code with the packaged Slipway in it, as a user has it, driven by Playwright. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { descendantsOf, runningProcesses } from '../../../scripts/host/process-tree.mjs';
import { pageUrl, startVscodeServer, type VscodeServer } from '../../../scripts/host/vscode-server.mjs';
import type { TestSandbox } from '../../sandbox/start';
import { click, watchInput } from './click';
import { Editor } from './editor';
import { Evidence } from './evidence';
import { installedSlipway, restartableSlipway } from './installed';
import { QuickInput } from './quick-input';
import { Restartable, type Settings } from './restartable';
import { TIDYING_KEYS, VIEWPORT } from './tidy';
import { Tree } from './tree';

const ROOT = resolve(import.meta.dirname, '../../..');

/**
 * What a window has of VS Code's own extensions: what Slipway speaks with, and what it is shown in. All hundred take a
 * quarter longer to open, and servers of other languages start for the files of a test.
 */
const BUILT_IN = ['markdown-basics', 'markdown-language-features', 'json', 'theme-defaults', 'theme-seti'];

/**
 * Rings that turn, bars that run and what fades keep a core busy with drawing: VS Code's own setting leaves them. Chromium
 * copies the whole picture for each frame of a fade: a tenth of the processor's time of a window test.
 */
const STANDS_STILL = `
  const still = new CSSStyleSheet();
  still.insertRule('.codicon, .progress-bit, .monaco-editor .cursor { animation: none !important; }');
  still.insertRule('*, *::before, *::after { transition: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];`;

/** Whoever waits for so long waits for what never comes, on a machine however busy. */
export const A_HANG_MS = 120_000;

export interface WorkbenchOptions {
  /** Names the screenshots' folder: different in each test file. */
  readonly suite: string;
  /** Folder to open. Where absent: an empty one. */
  readonly workspace?: string;
  /** Whether the window has no folder at all. Default: it has one. */
  readonly isWithoutFolder?: boolean;
  /** What Slipway finds as the running sandbox. */
  readonly sandbox?: TestSandbox;
  readonly settings?: Settings;
  /** Environment of the extension host, beside the test's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether VS Code asks if the folder is trusted. Default: it trusts every folder without asking. */
  readonly trust?: boolean;
}

/**
 * @param launching The window gets a context of its own in it: storage, caches and workers that no other window sees.
 * @param isShared Whether files after this one may use it.
 * @returns a window that shows its parts; Slipway may still be starting.
 */
export async function openWorkbench(
  options: WorkbenchOptions,
  launching: Promise<Browser>,
  { isShared }: { readonly isShared: boolean },
): Promise<Workbench> {
  mkdirSync(join(ROOT, 'out/logs'), { recursive: true });
  const server = await startVscodeServer({
    extensionFolders: [isShared ? restartableSlipway() : installedSlipway()],
    builtIn: BUILT_IN,
    keybindings: TIDYING_KEYS,
    settings: {
      'workbench.colorTheme': 'Dark Modern',
      // A test that changes between dark and light leaves the window as it found it.
      'workbench.preferredDarkColorTheme': 'Dark Modern',
      'workbench.preferredLightColorTheme': 'Light Modern',
      // Drawing what turns keeps a core busy.
      'workbench.reduceMotion': 'on',
      // What it suggests would take the Enter that a test types.
      'editor.wordBasedSuggestions': 'off',
      ...options.settings,
    },
    workspaceTrust: options.trust ?? false,
    env: { SLIPWAY_SANDBOX_FILE: options.sandbox?.file, ...options.env },
    log: join(ROOT, 'out/logs', `${options.suite}-server.log`),
    ...(options.workspace !== undefined && { workspace: options.workspace }),
  });
  const browser = await launching;
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const page = await context.newPage();
  page.setDefaultTimeout(A_HANG_MS);
  const evidence = new Evidence(options.suite, page, context);
  const workbench = new Workbench(server, page, evidence, options.settings ?? {});
  await workbench.evidence.start();
  await watchInput(page);
  await page.addInitScript(STANDS_STILL);
  await page.goto(addressOf(server, options));
  await workbench.shown();
  return workbench;
}

function addressOf(server: VscodeServer, { isWithoutFolder = false }: WorkbenchOptions): string {
  const address = new URL(pageUrl(server));
  if (isWithoutFolder) {
    address.searchParams.delete('folder');
    address.searchParams.set('ew', 'true');
  }
  return address.href;
}

/** Files of previews have addresses there that never leave the window: its service worker answers for them. */
const SERVED_BY_THE_WINDOW = '.vscode-resource.vscode-cdn.net';

export class Workbench {
  readonly quick: QuickInput;
  readonly tree: Tree;
  readonly editor: Editor;
  /** Addresses beyond this machine that the window asked for. */
  readonly foreignRequests: string[] = [];
  /** Whether Slipway remembers the sandbox as a connection, by {@link openSandbox}. */
  remembersSandbox = false;

  constructor(
    readonly server: VscodeServer,
    readonly page: Page,
    readonly evidence: Evidence,
    /** User settings beside those of every window. */
    public settings: Settings,
  ) {
    this.quick = new QuickInput(page);
    this.tree = new Tree(page);
    this.editor = new Editor(page, this.quick);
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      const isForeign = host !== new URL(server.url).host && !host.endsWith(SERVED_BY_THE_WINDOW);
      if (/^(https?|wss?):$/.test(protocol) && isForeign) {
        this.foreignRequests.push(request.url());
      }
    });
  }

  /** What the page holds that the window shows, Slipway's own or rendered Markdown. Its tab is there before its text is. */
  get document(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Presses a button of the page that the window shows. */
  async press(name: string): Promise<void> {
    await click(this.document.getByRole('button', { name, exact: true }).first());
  }

  async shown(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor();
  }

  /** Shows the view container whose title this is. */
  async openView(title: string): Promise<void> {
    const titles = this.page.locator('.sidebar .composite.title');
    const shown = titles.getByText(title, { exact: true });
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    await tab.waitFor();
    // A window that starts is about to show what it showed before; a hidden side bar never shows anything.
    await titles
      .filter({ hasText: /\w/ })
      .waitFor({ timeout: 3_000 })
      .catch(() => undefined);
    // A click on the tab of what shows already hides it, and a command that just ran may be about to show it.
    for (let tries = 0; tries < 3 && !(await shown.isVisible()); tries += 1) {
      await tab.click();
      await shown.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await shown.waitFor();
    await this.page.mouse.move(800, 500); // or its hover would cover what screenshots are to show
  }

  /** Runs a command by the words under which the palette lists it, such as `Slipway: Deploy Code…`. */
  async palette(command: string): Promise<void> {
    // The palette lists what is registered when it opens: right after the start that may be too early. And it closes
    // when VS Code gives the focus back to a view of which it just drew the rows anew, or a command that ran before gives
    // it to a row.
    for (let attempt = 1; ; attempt += 1) {
      // Longer each time, for a machine that needs it.
      const timeout = attempt * 3_000;
      await this.page.keyboard.press('F1');
      try {
        await this.quick.type(`>${command}`, { timeout });
        await this.quick.row(command).waitFor({ timeout });
        // Another command that holds the same words may stand above it.
        await this.quick.focus(command, { timeout });
        await this.quick.accept({ timeout });
        // Enter takes nothing while VS Code shows the rows anew: the palette stays.
        await this.quick.taken(`>${command}`, { timeout });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.quick.cancel();
      }
    }
  }

  /**
   * Adds the sandbox by the palette, and waits for a row of it. Where the view was empty, Slipway then gives the keyboard to
   * the connection's row, which would take it from what a test opens meanwhile.
   */
  async openSandbox(row: string): Promise<void> {
    await this.palette('Slipway: Try It in the Sandbox');
    await this.tree.row(row).waitFor();
    if (!this.remembersSandbox) await this.tree.focusedRow('Sandbox').waitFor();
    this.remembersSandbox = true;
  }

  /** A notification that holds `text`. It goes away after some 15 s unless the mouse is over it. */
  toast(text: string | RegExp): Locator {
    return this.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: text })
      .first();
  }

  /** A dialog in the middle of the window that holds `text`. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  /** The item of the status bar that holds `text`. */
  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  /** The lines of the active editor that are on screen. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .monaco-editor .view-lines').last();
    return (await lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** Writes a screenshot for a person to look at. */
  async shot(name: string): Promise<void> {
    await this.evidence.shot(name);
  }

  /** Reloads the window: its extension host ends, another one starts. What is being saved is saved first. */
  async reload(): Promise<void> {
    // A window that goes before its editor has the answer to a save brings back an unsaved copy, older than the file.
    await this.editor.saved();
    await this.page.reload();
    await this.shown();
  }

  /**
   * Ends Slipway and starts it anew in its extension host, with what it has stored, as a reload does for a tenth of the work.
   * For tests that are about what Slipway remembers, and not what VS Code's page does; in windows that tests share alone.
   */
  async restartSlipway(): Promise<void> {
    await this.editor.saved();
    await this.slipway.does({ act: 'stop' });
    await this.slipway.does({ act: 'start' });
  }

  /** Puts Slipway's clock ahead by so much, for what it gives minutes to; its waits take as long as ever. */
  async putClockAhead(ms: number): Promise<void> {
    await this.slipway.does({ act: 'put-clock-ahead', ms });
  }

  private get slipway(): Restartable {
    return new Restartable(this.storage);
  }

  /** Where Slipway keeps what outlives a window. */
  get storage(): string {
    return join(this.server.home, 'user-data/User/globalStorage/slipway.slipway');
  }

  /** What Slipway keeps in a folder of its global storage, as one text; empty where there is none. */
  stored(folder: string): string {
    const path = join(this.storage, folder);
    if (!existsSync(path)) return '';
    return readdirSync(path)
      .map((name) => readFileSync(join(path, name), 'utf8'))
      .join('\n');
  }

  /** Process ids of the extension hosts that run. */
  extensionHosts(): readonly number[] {
    const own = new Set(descendantsOf(this.server.child.pid ?? 0).map(({ pid }) => pid));
    return runningProcesses()
      .filter(({ id, command }) => own.has(id.pid) && command.includes('--type=extensionHost'))
      .map(({ id }) => id.pid);
  }

  /** Folder of all logs of this VS Code, Slipway's among them. */
  get logs(): string {
    return join(this.server.home, 'user-data/logs');
  }

  async stop(): Promise<void> {
    // Nothing is asked of them any more: what ends in order may take seconds.
    await Promise.all([this.page.context().close(), this.server.stop(0)]);
  }
}
