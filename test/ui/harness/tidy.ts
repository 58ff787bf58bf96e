/** Takes away what a test left in its window. */
import type { Page } from 'playwright-core';

/** Pixels of the page. */
export const VIEWPORT = { width: 1280, height: 800 };
const CHORD = 'Control+Alt+F9';
/** For `keybindings.json`: one chord for what would take the palette five times. */
export const TIDYING_KEYS = [
  {
    key: CHORD.replace('Control', 'Ctrl').toLowerCase(),
    command: 'runCommands',
    args: {
      commands: [
        'workbench.action.closeQuickOpen',
        'workbench.action.closeAllEditors',
        'workbench.action.closePanel',
        'workbench.view.explorer',
        'notifications.clearAll',
      ],
    },
  },
];

/** Closes what covers or fills the window, throws away what is not saved, and shows what a window shows first. */
export async function tidy(page: Page): Promise<void> {
  await page.setViewportSize(VIEWPORT);
  const unsaved = page.getByRole('button', { name: "Don't Save" });
  const empty = page.locator('.editor-group-container.empty');
  // A page that is just being loaded has the keyboard, and loses the keys.
  for (let tries = 1; ; tries += 1) {
    // What has the keyboard first: a menu, a dialog, a box to type in.
    await page.keyboard.press('Escape');
    await page.keyboard.press(CHORD);
    try {
      await empty
        .or(unsaved)
        .first()
        .waitFor({ timeout: tries * 3_000 });
      break;
    } catch (error) {
      if (tries === 8) throw error;
    }
  }
  if (await unsaved.isVisible()) await unsaved.click();
  await empty.waitFor();
  // What comes after the editors may take longer, and would hide the view that the next test opens.
  await page.locator('.sidebar .composite.title', { hasText: 'Explorer' }).waitFor();
}
