/** The picks and input boxes at the top of the window, one at a time. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { click, enter } from './click';

export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('input.input');
  }

  /** Waits until the title, the placeholder or the prompt of what is asked holds `text`. */
  async asks(text: string): Promise<void> {
    const inText = this.widget.getByText(text);
    const inPlaceholder = this.widget.getByPlaceholder(text);
    await inText.or(inPlaceholder).first().waitFor();
  }

  /** The visible row that holds `text`. */
  row(text: string | RegExp): Locator {
    return this.widget.locator('.monaco-list-row', { hasText: text }).first();
  }

  /** What the visible rows say, top first. */
  async rows(): Promise<readonly string[]> {
    await this.widget.locator('.monaco-list-row').first().waitFor();
    return this.widget.locator('.monaco-list-row').allInnerTexts();
  }

  /** What the row says that Enter takes. */
  async focused(): Promise<string> {
    const row = this.widget.locator('.monaco-list-row.focused').first();
    return ((await row.textContent()) ?? '').replaceAll('\u00a0', ' ');
  }

  /** Clicks the row that holds `text`. */
  async pick(text: string | RegExp): Promise<void> {
    await click(this.row(text));
  }

  /** Ticks the box of a row, in a pick of several. */
  async tick(text: string): Promise<void> {
    await click(this.row(text).locator('.monaco-checkbox, input[type=checkbox]').first());
  }

  /**
   * The keyboard's way to pick: filters by `text` and takes the row with Enter, once it is the one that Enter takes. What
   * is typed while a list gives way to the next one is lost, and typed again, as by whoever looks at the window.
   */
  async choose(text: string): Promise<void> {
    const row = this.widget.locator('.monaco-list-row.focused', { hasText: text });
    await expect
      .poll(async () => {
        if ((await this.input.inputValue()) !== text) await this.type(text);
        return row.isVisible();
      })
      .toBe(true);
    await this.accept();
  }

  /** Replaces what stands in the box. */
  async type(text: string, options: { readonly timeout?: number } = {}): Promise<void> {
    await this.input.fill(text, options);
  }

  /**
   * Types into the box that asks for a name, and presses Enter. The list before it may hold the same words as its question,
   * and what is typed there is lost: the box alone shows the name as what is to be typed.
   * @param typed Default: the name.
   */
  async typeName(name: string, typed = name): Promise<void> {
    const box = this.widget.getByPlaceholder(name, { exact: true });
    await box.fill(typed);
    await enter(box);
  }

  /** Goes down with the arrow key until the row is focused whose first line is `label`. */
  async focus(label: string, options: { readonly timeout?: number } = {}): Promise<void> {
    for (let row = 0; row < 20; row += 1) {
      const [focused = ''] = await this.widget.locator('.monaco-list-row.focused').allInnerTexts();
      if (focused.replaceAll('\u00a0', ' ').trim().split('\n')[0] === label) return;
      await this.input.press('ArrowDown', options);
    }
    throw new Error(`no row is "${label}"`);
  }

  async accept(options: { readonly timeout?: number } = {}): Promise<void> {
    await enter(this.input, options);
  }

  /** Waits until what was typed has led somewhere: the box is gone, or asks for something else. */
  async taken(typed: string, options: { readonly timeout?: number } = {}): Promise<void> {
    const value = () => this.input.evaluateAll(([box]) => box && 'value' in box && box.value);
    await expect.poll(value, { interval: 20, ...options }).not.toBe(typed);
  }

  async back(): Promise<void> {
    await this.press('Back');
  }

  /** Closes it where it is open: elsewhere Escape means another thing, such as leaving the walkthrough for its overview. */
  async cancel(): Promise<void> {
    if (await this.widget.isVisible()) await this.page.keyboard.press('Escape');
  }

  /** Clicks a button of the widget: OK of a pick of several, or one in the title bar or of a row. */
  async press(name: string): Promise<void> {
    await click(this.widget.getByRole('button', { name }).first());
  }

  /** Waits for the sentence under the box that says what is wrong with what was typed. */
  async complains(text: string): Promise<void> {
    await this.widget.locator('.quick-input-message').getByText(text).waitFor();
  }
}
