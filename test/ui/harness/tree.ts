/** The rows of the views in the side bar. */
import type { Locator, Page } from 'playwright-core';
import { click } from './click';

export class Tree {
  private clickLast: (() => Promise<void>) | undefined;

  constructor(private readonly page: Page) {}

  /** The first row that holds `text`, in any view of the side bar. */
  row(text: string | RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem').filter({ hasText: text }).first();
  }

  /** The row that the keyboard is at, if it holds `text`. */
  focusedRow(text: string): Locator {
    return this.page.locator('.sidebar .monaco-list:focus .monaco-list-row.focused', { hasText: text });
  }

  /** What the visible rows say, top first. */
  async rows(): Promise<readonly string[]> {
    return this.page.locator('.sidebar').getByRole('treeitem').allInnerTexts();
  }

  /** Opens each row of a path, the outermost first, and waits until the last one is open. */
  async expand(...path: readonly (string | RegExp)[]): Promise<void> {
    for (const text of path) {
      const row = this.row(text);
      const open = this.page.locator('.sidebar [aria-expanded=true]').filter({ hasText: text }).first();
      await row.waitFor();
      // A click on a twistie that is being drawn anew does nothing.
      for (let tries = 0; tries < 5 && !(await open.isVisible()); tries += 1) {
        if ((await row.getAttribute('aria-expanded')) === 'false')
          await row.locator('.monaco-tl-twistie').click();
        await open.waitFor({ timeout: 5_000 }).catch(() => undefined);
      }
      await open.waitFor();
    }
  }

  /** Clicks the icon of a row that bears this name. */
  async act(row: string | RegExp, action: string): Promise<void> {
    await this.untilTaken(() => this.clickIcon(row, action));
  }

  /** Chooses from the menu that a right click on a row opens, or from its submenu "More". */
  async menu(row: string | RegExp, item: string): Promise<void> {
    await this.untilTaken(() => this.chooseFromMenu(row, item));
  }

  /**
   * Clicks, and again where VS Code was reading the row anew at that moment: Slipway asks for it then. Whatever is waited for
   * next finds that out.
   */
  private async untilTaken(clickRow: () => Promise<void>): Promise<void> {
    if (this.clickLast === undefined) {
      const toasts = this.page.locator('.notifications-toasts .notification-list-item');
      const asks = toasts.filter({ hasText: 'Click again.' }).first();
      await this.page.addLocatorHandler(
        asks,
        async () => {
          await asks.hover();
          await asks.getByRole('button', { name: 'Clear Notification' }).click();
          await asks.waitFor({ state: 'hidden' });
          // Where the row is gone the click has been taken after all: this waits for it until the window closes.
          await this.clickLast?.().catch(() => undefined);
        },
        { noWaitAfter: true },
      );
    }
    this.clickLast = clickRow;
    await clickRow();
  }

  private async clickIcon(row: string | RegExp, action: string): Promise<void> {
    await this.row(row).filter({ hasNotText: 'reading…' }).waitFor();
    const button = this.row(row).getByRole('button', { name: action });
    // The button of a row that is drawn anew goes until the pointer moves again.
    for (let tries = 0; tries < 5; tries += 1) {
      await this.row(row).hover();
      const isClicked = await click(button, { timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isClicked) return;
    }
    await click(button);
  }

  private async chooseFromMenu(row: string | RegExp, item: string): Promise<void> {
    const choice = this.page.getByRole('menuitem', { name: item });
    const more = this.page.getByRole('menuitem', { name: 'More' });
    // A menu closes when VS Code gives the focus back to a view of which it just drew the rows anew.
    for (let tries = 0; tries < 5 && !(await choice.isVisible()); tries += 1) {
      if (await more.isVisible()) await this.page.keyboard.press('Escape');
      await this.row(row).click({ button: 'right' });
      await choice
        .or(more)
        .first()
        .waitFor({ timeout: 5_000 })
        .catch(() => undefined);
      if (!(await choice.isVisible()) && (await more.isVisible())) await more.click();
      await choice.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await choice.click();
    // A menu that has just opened takes the first click for the end of the one that opened it.
    for (let tries = 0; tries < 3 && (await choice.isVisible()); tries += 1) {
      await choice.click({ timeout: 2_000 }).catch(() => undefined);
    }
    await choice.waitFor({ state: 'detached' });
  }
}
