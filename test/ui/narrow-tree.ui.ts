/** The side bar at 300 px: the state of each row can be read, in both kinds of themes; a click opens a page, in one tab for all. */
import { expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { click } from './harness/click';
import { narrowSideBar } from './harness/side-bar';
import { useWorkbench } from './harness/use-workbench';

let sandbox: TestSandbox;

const window = useWorkbench({
  options: async () => {
    sandbox = await startTestSandbox();
    const isLight = expect.getState().currentTestName?.endsWith('light') ?? false;
    const settings = isLight ? { 'workbench.colorTheme': 'Default Light Modern' } : {};
    return { suite: 'narrow-tree', sandbox, settings };
  },
  release: () => sandbox.stop(),
});

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
async function openNarrow(): Promise<void> {
  const { tree, page } = window();
  await window().openView('Slipway');
  await click(page.getByRole('button', { name: 'Try It in the Sandbox' }));
  await tree.expand('equities-dev', 'trading-prod');
  await tree.row('oms-guarded').filter({ hasText: 'behind' }).waitFor();
  await tree.row('trading-prod').filter({ hasText: 'costs extra' }).waitFor();
  await narrowSideBar(page);
}

test.each(['dark', 'light'])('the state of every row can be read at 300 px, %s', async (theme) => {
  const { tree, page } = window();
  await openNarrow();
  await window().shot(theme);
  const rows = (await page.evaluate(ROOM_BEHIND_STATES)) as readonly { row: string; room: number }[];
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter(({ room }) => room < 0)).toEqual([]);
  for (const [row, heading] of [
    ['system', 'The node group'],
    ['trading-prod', 'Node groups'],
    ['equities-dev', 'The environment'],
    ['dev-rdb', 'What it runs'],
  ] as const) {
    await tree.row(row).click();
    await page.getByRole('tab', { name: row, selected: true }).waitFor();
    await window().document.getByRole('heading', { name: heading }).waitFor();
    await window().shot(`page-of-${row}-${theme}`);
  }
  // All of them were in one tab, until one is clicked once more.
  const tabs = page.locator('.tabs-container').getByRole('tab');
  const keep = page.getByRole('button', { name: /^Keep Page Open/ });
  await expect.poll(() => tabs.count()).toBe(1);
  await keep.waitFor();
  await window().shot(`shared-tab-${theme}`);
  await tree.row('dev-rdb').click();
  await keep.waitFor({ state: 'detached' });
  await tree.row('system').click();
  await page.getByRole('tab', { name: 'system', selected: true }).waitFor();
  await window().document.getByRole('heading', { name: 'The node group' }).waitFor();
  await expect.poll(() => tabs.count()).toBe(2);
  await window().shot(`kept-tab-${theme}`);
});
