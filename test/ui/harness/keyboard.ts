/** What anybody does without a mouse: keys alone, pressed where the keyboard is. */
import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

const MOST_KEYS = 30;
/** Milliseconds that a palette has to open, on a machine however busy. */
const A_TRY_MS = 15_000;

/**
 * Resolves once nothing in the page has moved the focus for half a second of the page's own time: VS Code's walkthrough
 * takes it back a quarter of a second after a step was chosen, by a timer that is then over.
 */
const FOCUS_AT_REST = `new Promise((resolve) => {
  let timer;
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      removeEventListener('focusin', moved, true);
      resolve();
    }, 500);
  };
  addEventListener('focusin', moved, true);
  moved();
})`;

export function useKeyboard(window: () => Workbench) {
  /** Presses a key until what has the focus is this. */
  async function pressUntil(key: string, focused: Locator): Promise<void> {
    for (let keys = 0; keys < MOST_KEYS && !(await focused.isVisible()); keys += 1) {
      await window().page.keyboard.press(key);
    }
    await focused.waitFor();
  }

  /** As {@link pressUntil}, and again where the page has taken the focus back since. */
  async function pressUntilItStays(key: string, focused: Locator): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      await pressUntil(key, focused);
      await window().page.evaluate(FOCUS_AT_REST);
      if (await focused.isVisible()) return;
    }
    throw new Error('the page took the focus back five times');
  }

  /** The row of a question that Enter takes, while the keyboard is there. */
  function answer(text: string): Locator {
    const { widget } = window().quick;
    return widget
      .filter({ has: window().page.locator('input.input:focus') })
      .locator('.monaco-list-row.focused', { hasText: text });
  }

  /** Waits for the question, types, and takes what is highlighted then. @param shot Name of a picture taken before that. */
  async function take(question: string, expected: string, typed = '', shot?: string): Promise<void> {
    const { quick, page } = window();
    await quick.asks(question);
    await answer('').waitFor();
    await page.keyboard.type(typed);
    await answer(expected).waitFor();
    if (shot !== undefined) await window().shot(shot);
    await page.keyboard.press('Enter');
  }

  /** Opens the palette, and again where it closed: VS Code gives the focus back to a view whose rows it drew anew. */
  async function openPalette(): Promise<void> {
    for (let tries = 0; tries < 5; tries += 1) {
      await window().page.keyboard.press('F1');
      await answer('')
        .first()
        .waitFor({ timeout: A_TRY_MS })
        .catch(() => undefined);
      await window().page.evaluate(FOCUS_AT_REST);
      if (await answer('').first().isVisible()) return;
    }
    throw new Error('the palette closed five times');
  }

  /** By what anybody would type, which the first row has to be. */
  async function command(typed: string, title: string): Promise<void> {
    await openPalette();
    await take('Type the name of a command', title, typed);
  }

  return { pressUntil, pressUntilItStays, take, command };
}
