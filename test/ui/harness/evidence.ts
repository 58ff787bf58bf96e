/** What a UI test leaves behind to look at: screenshots, and the rest when it failed. Everything lands in out/. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

const OUT = resolve(import.meta.dirname, '../../../out');

/** Set where a test file was named: somebody looks at its screenshots. A run of all of them takes a tenth. */
const TAKES_ALL = process.env['SLIPWAY_SCREENSHOTS'] === 'all';

/** For who looks into a failure: each action, with the page before and after. It is a fifth of the run. */
const TRACES = process.env['SLIPWAY_TRACE'] === '1';

const PARTS = [
  '.sidebar',
  '.quick-input-widget',
  '.notifications-toasts',
  '.monaco-dialog-box',
  '.statusbar',
];
/** Characters of a part. */
const MOST_PRINTED = 4_000;

export class Evidence {
  /** @param suite Names the folder, and so has to differ from test file to test file. */
  constructor(
    public suite: string,
    private readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  async start(): Promise<void> {
    if (TRACES) await this.context.tracing.start({ snapshots: true });
  }

  /** From here on, what happens belongs to the test that begins. */
  async begin(): Promise<void> {
    if (TRACES) await this.context.tracing.startChunk();
  }

  /** Throws away what was recorded of the test: Playwright leaves a folder for each that is not ended. */
  async discard(): Promise<void> {
    if (TRACES) await this.context.tracing.stopChunk();
  }

  /** Writes out/screenshots/SUITE/NAME.png, if all are taken or it is of the tenth, which is the same each time. */
  async shot(name: string): Promise<void> {
    if (!TAKES_ALL && drawn(`${this.suite}/${name}`) % 10 !== 0) return;
    const path = join(OUT, 'screenshots', this.suite, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  /**
   * Keeps, in out/failures/SUITE/TEST, a screenshot, what screen readers hear, Slipway's log, and the trace if there is one.
   * Prints what screen readers hear of the parts that Slipway is in: of a run elsewhere, nothing is left but what it printed.
   */
  async keep(test: string, logFolder: string): Promise<string> {
    const folder = join(OUT, 'failures', this.suite, test.replaceAll(/[^\w]+/g, '-'));
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, 'window.png') });
    writeFileSync(join(folder, 'window.yaml'), await this.page.locator('body').ariaSnapshot());
    if (TRACES) await this.context.tracing.stopChunk({ path: join(folder, 'trace.zip') });
    for (const found of readdirSync(logFolder, { recursive: true, encoding: 'utf8' })) {
      if (found.endsWith('Slipway.log')) cpSync(join(logFolder, found), join(folder, 'Slipway.log'));
    }
    for (const part of PARTS) {
      for (const shown of await this.page.locator(`${part}:visible`).all()) {
        const heard = await shown.ariaSnapshot({ timeout: 5_000 }).catch(() => 'went meanwhile');
        console.error(`${part}\n${heard.slice(0, MOST_PRINTED)}`);
      }
    }
    return folder;
  }
}

/** A number from 0 to 255 that depends on the name alone. */
function drawn(name: string): number {
  return createHash('sha256').update(name).digest().readUInt8();
}
