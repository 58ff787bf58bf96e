/** What anybody does without a mouse: keys alone, pressed where the keyboard is. */
import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

const MOST_KEYS = 30;

export function useKeyboard(window: () => Workbench) {
  /** Presses a key until what has the focus is this. */
  async function pressUntil(key: string, focused: Locator): Promise<void> {
    for (let keys = 0; keys < MOST_KEYS && !(await focused.isVisible()); keys += 1) {
      await window().page.keyboard.press(key);
    }
    await focused.waitFor();
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

  /** By what anybody would type, which the first row has to be. */
  async function command(typed: string, title: string): Promise<void> {
    await window().page.keyboard.press('F1');
    await take('Type the name of a command', title, typed);
  }

  return { pressUntil, take, command };
}
