/** Clicks and Enter that reach what they are meant for, as those of a user do who looks where they went. */
import type { Locator, Page } from 'playwright-core';

/** What takes clicks in VS Code's window. */
const TAKES_CLICKS =
  'button, a, input, [role=button], [role=tab], [role=checkbox], .monaco-list-row, .statusbar-item';

/**
 * What is drawn anew or moves between press and release is another element: the click goes to what holds both. It counts
 * if that is what was pressed, such as a row whose label changed, and not if it is the notification around a button.
 */
const WATCH = `
  let pressed, taker;
  const on = (type, note) => addEventListener(type, ({ target }) => note(target), true);
  const takerOf = (target) => target.closest?.('${TAKES_CLICKS}');
  on('mousedown', (target) => { pressed = target; taker = takerOf(target); globalThis.swallowed = false; });
  on('mouseup', (target) => { globalThis.swallowed = target !== pressed; });
  on('click', (target) => { if (taker && takerOf(target) === taker) globalThis.swallowed = false; });
  const elsewhere = (target) => target.closest?.('.quick-input-widget') ? undefined : target.className;
  addEventListener('keydown', ({ key, target }) => { if (key === 'Enter') globalThis.enterMissed = elsewhere(target); }, true);`;

/** To be called before the page loads: without it, every click and Enter counts as taken. */
export async function watchInput(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
}

/** Clicks, and again where the window drew the target anew while the button was down. */
export async function click(target: Locator, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await target.click(options);
    if ((await noted(target.page(), 'swallowed')) !== true) return;
  }
  throw new Error('five clicks in a row went to what was drawn anew at that moment');
}

/**
 * Presses Enter in a box of the quick input.
 * @throws Where a view took the focus in that moment, and with it the key: the quick input closes then, as if by Escape.
 */
export async function enter(box: Locator, options: { readonly timeout?: number } = {}): Promise<void> {
  await box.press('Enter', options);
  const missed = await noted(box.page(), 'enterMissed');
  if (missed !== undefined)
    throw new Error(`Enter did not reach the quick input: the focus was in "${missed}"`);
}

/** @returns what {@link WATCH} has noted; nothing where the page went meanwhile, as by a command that loads it anew. */
async function noted(page: Page, name: 'swallowed' | 'enterMissed'): Promise<unknown> {
  try {
    return await page.evaluate(`globalThis.${name}`);
  } catch (error) {
    if (String(error).includes('Execution context was destroyed')) return undefined;
    throw error;
  }
}
