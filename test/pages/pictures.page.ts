/** A picture of each page, to be looked at: out/screenshots/pages. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { ALL_PICTURES, PageBrowser, THEMES, type Theme } from './browser';
import { PAGES } from './fixtures/all';

const FOLDER = resolve(import.meta.dirname, '../../out/screenshots/pages');
const CASES: readonly (readonly [Theme, number])[] = ALL_PICTURES
  ? THEMES.flatMap((theme) => [1440, 1024, 480].map((width) => [theme, width] as const))
  : [['dark', 1024]];

let browser: PageBrowser;
beforeAll(async () => {
  browser = await PageBrowser.launch();
  mkdirSync(FOLDER, { recursive: true });
});
afterAll(() => browser.close());

test.each(Object.entries(PAGES))('%s', async (name, page) => {
  for (const [theme, width] of CASES) {
    await browser.show(page, { theme, width });
    const path = join(FOLDER, `${name}-${theme}-${width}.png`);
    await browser.page.screenshot({ path, fullPage: true, animations: 'disabled' });
  }
});
