/** Pages in a bare browser, without VS Code: one browser for all, the real script and style, a table of theme variables. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, type Page as BrowserPage, chromium } from 'playwright-core';
import { chromiumLaunchOptions } from '../../scripts/host/chromium.mjs';
import { bodyHtml } from '../../src/view/pages/html/body';
import { documentHtml } from '../../src/view/pages/html/document';
import type { Page } from '../../src/view/pages/page';
import type { ToPage } from '../../src/view/pages/page-messages';
import { saidBeside } from './fixtures/all';

const ROOT = resolve(import.meta.dirname, '../..');
/** Answered by the test itself: nothing is sent. */
const ORIGIN = 'https://page.example';

/** Set by `npm run pictures`: all themes and widths of each page, instead of some. */
export const ALL_PICTURES = process.env['SLIPWAY_ALL_PICTURES'] === '1';

export const THEMES = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;
export type Theme = (typeof THEMES)[number];

interface ThemeTable {
  /** Classes that VS Code gives the body. */
  readonly body: string;
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface ShowOptions {
  readonly theme?: Theme;
  /** Pixels. */
  readonly width?: number;
}

export class PageBrowser {
  /** What the browser complained of: refused by the policy, thrown by a script. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    /** What it shows now. */
    readonly page: BrowserPage,
  ) {
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') this.complaints.push(said.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async launch(): Promise<PageBrowser> {
    const browser = await chromium.launch(chromiumLaunchOptions());
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    await serve(context);
    const page = await context.newPage();
    const launched = new PageBrowser(browser, page);
    await launched.open();
    return launched;
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** Loads the document anew, as a webview that was hidden does. `state`: what VS Code has kept of it. */
  async open(state?: unknown): Promise<void> {
    await this.page.addInitScript(standIn(state));
    await this.page.goto(`${ORIGIN}/`);
  }

  /**
   * Tells the page what to show, as the extension does once its script runs.
   * @param beside what is told after it, such as the lines of a log.
   */
  async show(
    content: Page,
    { theme = 'dark', width = 1024 }: ShowOptions = {},
    beside: readonly ToPage[] = saidBeside(content),
  ): Promise<void> {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.evaluate(dressing(tableOf(theme)));
    // A page is never turned into another one: the log of the one before is none of this one's.
    await this.page.evaluate(`document.querySelector('.log')?.remove()`);
    await this.tell({ type: 'content', html: bodyHtml(content) });
    for (const said of beside) await this.tell(said);
  }

  async tell(said: ToPage): Promise<void> {
    await this.page.evaluate(`
      dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(said)} }));
      // Custom elements draw themselves after the task that made them.
      new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));`);
  }

  /** Loads the document anew and shows a page in it, as a webview that opens does. */
  async reopen(content: Page): Promise<void> {
    await this.page.goto(`${ORIGIN}/`);
    await this.show(content);
  }

  /** Loads a document that holds nothing and runs nothing. */
  async openEmpty(): Promise<void> {
    await this.page.goto(`${ORIGIN}/empty`);
    await this.page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
  }

  /** Loads a page's HTML in a document that has neither its style nor its script. */
  async openBare(content: Page): Promise<void> {
    await this.openEmpty();
    await this.page.evaluate(`
      document.body.innerHTML = ${JSON.stringify(bodyHtml(content))};
      new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));`);
  }

  /** What the processes that draw pages have taken of the processor so far; milliseconds. */
  async cpu(): Promise<number> {
    const session = await this.browser.newBrowserCDPSession();
    try {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo
        .filter(({ type }) => type === 'renderer')
        .reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0);
    } finally {
      await session.detach();
    }
  }

  /** What VS Code keeps of the page now. */
  kept(): Promise<unknown> {
    return this.page.evaluate('globalThis.kept');
  }

  /** What the page said to the extension, oldest first. */
  said(): Promise<readonly unknown[]> {
    return this.page.evaluate('globalThis.said');
  }
}

async function serve(context: BrowserContext): Promise<void> {
  const document = documentHtml({
    title: 'Page',
    language: 'en',
    page: 'key',
    cspSource: ORIGIN,
    nonce: 'bm9uY2U',
    script: `${ORIGIN}/page.js`,
    style: `${ORIGIN}/page.css`,
  });
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', document],
    '/empty': ['text/html', '<!DOCTYPE html><html lang="en"><title>Empty</title>'],
    '/page.js': ['text/javascript', built('page.js')],
    '/page.css': ['text/css', built('page.css')],
  };
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === ORIGIN ? files[url.pathname] : undefined;
    if (file === undefined) await route.abort();
    else await route.fulfill({ contentType: file[0], body: file[1] });
  });
}

export function built(name: string): string {
  return readFileSync(join(ROOT, 'dist', name), 'utf8');
}

export function tableOf(theme: Theme): ThemeTable {
  return JSON.parse(readFileSync(join(ROOT, 'test/pages/themes', `${theme}.json`), 'utf8'));
}

/** What VS Code gives the script of a webview. */
function standIn(state: unknown): string {
  return `
    globalThis.said = [];
    globalThis.kept = ${JSON.stringify(state ?? null)};
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => globalThis.said.push(message),
      getState: () => globalThis.kept,
      setState: (next) => { globalThis.kept = structuredClone(next); },
    });`;
}

/** What VS Code does to a webview when the theme changes. */
function dressing({ body, kind, variables }: ThemeTable): string {
  return `
    document.documentElement.removeAttribute('style');
    for (const [name, value] of Object.entries(${JSON.stringify(variables)}))
      document.documentElement.style.setProperty(name, value);
    document.body.className = ${JSON.stringify(body)};
    document.body.dataset.vscodeThemeKind = ${JSON.stringify(kind)};`;
}
