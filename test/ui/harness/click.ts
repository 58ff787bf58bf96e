/** A click that reaches what it is meant for, as that of a user does who clicks again where nothing happened. */
import type { Locator, Page } from 'playwright-core';

/** What takes clicks in VS Code's window. */
const TAKES_CLICKS =
  'button, a, input, [role=button], [role=tab], [role=checkbox], .monaco-list-row, .statusbar-item';

/** What is drawn anew between press and release is another element: the click goes to what holds both. */
const WATCH = `
  let pressed;
  const on = (type, note) => addEventListener(type, ({ target }) => note(target), true);
  on('mousedown', (target) => { pressed = target; globalThis.swallowed = false; });
  on('mouseup', (target) => { globalThis.swallowed = target !== pressed; });
  on('click', (target) => { if (target.closest?.('${TAKES_CLICKS}')) globalThis.swallowed = false; });`;

/** To be called before the page loads: without it, every click counts as taken. */
export async function watchClicks(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
}

/** Clicks, and again where the window drew the target anew while the button was down. */
export async function click(target: Locator, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await target.click(options);
    if ((await target.page().evaluate('globalThis.swallowed')) !== true) return;
  }
  throw new Error('five clicks in a row went to what was drawn anew at that moment');
}
