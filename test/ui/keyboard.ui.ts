/** The first steps by the keyboard alone: into the sandbox, code on a cluster, a newer node group, code on a workload. */
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { test } from 'vitest';
import { useKeyboard } from './harness/keyboard';
import { passTimeUntil } from './harness/pass-time';
import { useSandboxWindow } from './harness/sandbox-window';

const SAMPLE = resolve(import.meta.dirname, '../../sample/q-workspace');
const { window, place } = useSandboxWindow({
  suite: 'keyboard',
  fill: (folder) => cpSync(SAMPLE, folder, { recursive: true }),
});

const { pressUntil, take, command } = useKeyboard(window);

const A_WHILE = 20 * 60_000;

/** The row of the view that the arrow keys have come to. */
function row(text: string): Locator {
  return window().page.locator('.sidebar .monaco-list:focus .monaco-list-row.focused', { hasText: text });
}

/** The questions about code, whose highlighted answers will do. */
async function answerWith(strategyQuestion: string, review: string, shot: string): Promise<void> {
  await take('Choose what to deploy', 'equities');
  await take('Choose a bucket', 'acme-kdb-code');
  await take(strategyQuestion, 'ROLLING');
  await take('Choose the initialization script', 'init/start.q');
  await take(review, 'Deploy', '', shot);
}

/** From the menu of the focused row, and again where VS Code drew the row anew at that moment: Slipway asks for it then. */
async function deployFromMenu(): Promise<void> {
  const { page, quick } = window();
  const drawnAnew = window().toast('Click again.');
  do {
    if (await drawnAnew.isVisible()) await command('clear all notifications', 'Notifications: Clear All');
    await row('dev-scratch').waitFor();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Deploy Code…' }).waitFor();
    await pressUntil('ArrowDown', page.locator('.monaco-menu .focused', { hasText: 'Deploy Code…' }));
    await window().shot('1-row');
    await page.keyboard.press('Enter');
    await quick.widget.or(drawnAnew).first().waitFor();
  } while (await drawnAnew.isVisible());
}

async function until(told: string): Promise<void> {
  await passTimeUntil(place.sandbox, A_WHILE, window().toast(told));
}

test('leads from the first look to a deployment, a node group update and code on Kubernetes', async () => {
  const { page, tree } = window();
  await command('slipway focus resources', 'Focus on Resources View');
  await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
  await pressUntil('Tab', page.locator('.sidebar a:focus', { hasText: 'Try It in the Sandbox' }));
  await page.keyboard.press('Enter');
  await tree.row('equities-dev').waitFor();
  // Rows have taken the place of the button that was pressed, and the first of them has the keyboard.
  await row('Sandbox').waitFor();
  await page.keyboard.press('ArrowDown');
  await row('Sandbox').waitFor({ state: 'detached' });
  await pressUntil('ArrowDown', row('equities-dev'));
  await page.keyboard.press('ArrowRight');
  await tree.row('dev-scratch').waitFor();
  await pressUntil('ArrowDown', row('dev-scratch'));
  await deployFromMenu();
  await answerWith(
    'Choose how the q processes take the code',
    'Deploy to equities-dev / dev-scratch?',
    '2-plan',
  );
  await tree.row('dev-scratch').filter({ hasText: 'deploying' }).waitFor();
  await window().shot('3-running');
  await until('dev-scratch: the new code is live');
  await row('dev-scratch').waitFor();
  await window().shot('4-live');

  await command('update node group', 'Update Node Group…');
  await take('Choose a node group', 'market-data / ingest-arm', 'ingest-arm');
  await take('Choose the Kubernetes version', '1.33');
  await take('Choose the AMI release', 'newest');
  await take('Choose what happens to pods', 'Respect disruption budgets');
  await take('Update market-data / ingest-arm?', '1.32 → 1.33', '', '5-node-group');
  await until('market-data / ingest-arm: updated');

  await command('deploy code', 'Deploy Code…');
  await take('Choose where to', 'trading-prod', 'trading-prod');
  await take('or type the name of a namespace', 'tick / rdb', 'tick / rdb');
  await answerWith(
    'Choose how the pods take the code',
    'Deploy to trading-prod / tick / statefulset/rdb?',
    '6-workload',
  );
  await until('tick / statefulset/rdb: the new code is live');
  await row('dev-scratch').waitFor();
  await window().shot('7-all-done');
});
