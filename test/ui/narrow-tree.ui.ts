/** The side bar at 300 px: the state of each row can be read, in both kinds of themes; a click opens a page, in one tab for all. */
import { describe, expect, test } from 'vitest';
import { click } from './harness/click';
import { useSandboxWindow } from './harness/sandbox-window';
import { narrowSideBar } from './harness/side-bar';
import type { Workbench } from './harness/workbench';

/** Set by `npm run pictures`: all themes, in two sizes of the window each. */
const ALL = process.env['SLIPWAY_ALL_PICTURES'] === '1';

/** Each row with the pixels from the end of its state to where it ends; below zero: the state is cut. */
const ROOM_BEHIND_STATES = `[...document.querySelectorAll('.sidebar [role=treeitem]')].flatMap((row) => {
  const words = row.querySelector('.label-description')?.firstChild;
  if (!words?.textContent.includes(' · ')) return [];
  const state = document.createRange();
  state.setStart(words, 0);
  state.setEnd(words, words.textContent.split(' · ')[0].length);
  const whole = row.querySelector('.monaco-icon-label').getBoundingClientRect();
  return [{ row: row.textContent, room: whole.right - state.getBoundingClientRect().right }];
})`;

/** Opens one environment and one cluster in a narrow side bar. */
async function openNarrow(window: Workbench): Promise<void> {
  const { tree, page } = window;
  await window.openView('Slipway');
  await click(page.getByRole('button', { name: 'Try It in the Sandbox' }));
  await tree.expand('equities-dev', 'trading-prod');
  await tree.row('oms-guarded').filter({ hasText: 'behind' }).waitFor();
  await tree.row('trading-prod').filter({ hasText: 'costs extra' }).waitFor();
  await narrowSideBar(page);
}

const PAGES = [
  ['system', 'The node group'],
  ['trading-prod', 'Node groups'],
  ['equities-dev', 'The environment'],
  ['dev-rdb', 'What it runs'],
] as const;

async function openPage({ tree, page, document }: Workbench, row: string, heading: string): Promise<void> {
  await tree.row(row).click();
  await page.getByRole('tab', { name: row, selected: true }).waitFor();
  await document.getByRole('heading', { name: heading }).waitFor();
}

/** Looks at the tree and at the pages of its rows. @param look theme, and size where there are several. */
async function lookThrough(window: Workbench, look: string): Promise<void> {
  await window.shot(look);
  const found = await window.page.evaluate(ROOM_BEHIND_STATES);
  const rows = found as readonly { row: string; room: number }[];
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter(({ room }) => room < 0)).toEqual([]);
  for (const [row, heading] of PAGES) {
    await openPage(window, row, heading);
    await window.shot(`page-of-${row}-${look}`);
  }
}

describe('the side bar', () => {
  const { window } = useSandboxWindow({ suite: 'narrow-tree' });

  test('the state of every row can be read at 300 px, and pages share a tab until one is kept', async () => {
    const { tree, page } = window();
    await openNarrow(window());
    await lookThrough(window(), 'dark');
    await window().palette('Preferences: Toggle between Light/Dark Themes');
    // A page gets the colours after the window around it.
    await window().document.locator('body.vscode-light').waitFor();
    await lookThrough(window(), 'light');
    await window().palette('Preferences: Toggle between Light/Dark Themes');
    // All of them were in one tab, until one is clicked once more.
    const tabs = page.locator('.tabs-container').getByRole('tab');
    const keep = page.getByRole('button', { name: /^Keep Page Open/ });
    await expect.poll(() => tabs.count()).toBe(1);
    await keep.waitFor();
    await window().shot('shared-tab');
    await tree.row('dev-rdb').click();
    await keep.waitFor({ state: 'detached' });
    await openPage(window(), 'system', 'The node group');
    await expect.poll(() => tabs.count()).toBe(2);
    await window().shot('kept-tab');
  });
});

const THEMES = ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

describe.each(ALL ? THEMES : [])('in the theme %s', (theme) => {
  const { window } = useSandboxWindow({ suite: 'narrow-tree', settings: { 'workbench.colorTheme': theme } });

  test('the state of every row can be read at 300 px, in a wide window and in a narrow one', async () => {
    await openNarrow(window());
    for (const width of [1440, 1024]) {
      await window().page.setViewportSize({ width, height: 900 });
      await lookThrough(window(), `${theme}-${width}`);
    }
  });
});
