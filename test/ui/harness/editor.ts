/** The text editor: what is typed is there before anything else happens, however late the window comes by it. */
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { click } from './click';
import type { QuickInput } from './quick-input';

export class Editor {
  constructor(
    private readonly page: Page,
    private readonly quick: QuickInput,
  ) {}

  /** Shows a file of the workspace, and waits until the keyboard writes to it and not to the one before. */
  async open(path: string): Promise<void> {
    const name = basename(path);
    const tab = this.page.locator(`.tab[data-resource-name="${name}"]`);
    if (await tab.isVisible()) {
      await click(tab);
    } else {
      await this.#find(name);
    }
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    // A tab is active before its text is in the editor, and a view that shows its row late may take the focus meanwhile.
    const focused = this.page.locator(
      `.editor-group-container.active .monaco-editor.focused[data-uri$="/${path}"]`,
    );
    const hasFocus = (): Promise<boolean> =>
      focused.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    while (!(await hasFocus())) await click(tab);
  }

  /** By the list of files, and again where it closed: VS Code gives the focus back to a view of which it drew the rows anew. */
  async #find(name: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      // Longer each time, for a machine that needs it.
      const timeout = attempt * 3_000;
      await this.page.keyboard.press('Control+P');
      try {
        await this.quick.type(name, { timeout });
        // Until the files are searched, what was open lately has the focus, and Enter would take that.
        const found = this.quick.widget.locator('.monaco-list-row.focused', { hasText: name });
        await found.first().waitFor({ timeout });
        await this.quick.accept({ timeout });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.quick.cancel();
      }
    }
  }

  /** Types where the cursor is, and waits until each line of it is in the text. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    for (const line of text.split('\n').filter(Boolean)) await this.shows(line);
  }

  /** Waits for a line that holds the text. */
  async shows(text: string): Promise<void> {
    await this.#lines.filter({ hasText: text }).first().waitFor();
  }

  /** Types at the end, and waits as `type` does. */
  async append(text: string): Promise<void> {
    await this.page.keyboard.press('Control+End');
    await this.type(text);
  }

  /** Takes away the whole text. */
  async clear(): Promise<void> {
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Delete');
    await expect.poll(() => this.#lines.allInnerTexts()).toEqual(['']);
  }

  /** Asks for the save, without waiting for it. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
  }

  /** Waits until the window has the answer to each save. */
  async saved(): Promise<void> {
    await this.page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
  }

  get #lines() {
    return this.page.locator('.editor-group-container.active .monaco-editor.focused .view-line');
  }
}
