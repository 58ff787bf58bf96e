/** Pictures of the pages, to be looked at, in out/screenshots/pages: of each by `npm run pictures`, else of a tenth. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const SHOWN = Object.entries(PAGES).filter((_, place) => ALL_PICTURES || place % 10 === 0);

test.each(SHOWN)('%s', async (name, page) => {
  for (const [theme, width] of CASES) {
    await browser.show(page, { theme, width });
    const path = join(FOLDER, `${name}-${theme}-${width}.png`);
    await browser.page.screenshot({ path, fullPage: true, animations: 'disabled' });
    expect(browser.complaints).toEqual([]);
  }
});
