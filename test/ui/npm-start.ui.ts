/**
 * `npm start` as the README has it: VS Code in the browser with Slipway and the sample in it, and all gone by Ctrl+C. And
 * the first look at Slipway: no account, no connection, nothing but the welcome.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/host/chromium.mjs';
import { descendantsOf, endTree, isRunning, runningProcesses } from '../../scripts/host/process-tree.mjs';
import { Evidence } from './harness/evidence';
import { A_HANG_MS } from './harness/workbench';

const ROOT = resolve(import.meta.dirname, '../..');

test('npm start opens Slipway on the sample, which offers two ways in, and Ctrl+C leaves no process behind', async () => {
  const started = spawn('npm', ['start', '--', '--browser'], {
    cwd: ROOT,
    env: { ...process.env, npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a failing test ends it as a whole
  });
  onTestFinished(() => endTree(started));
  const page = await openPage(await printedAddress(started));

  // Nothing was clicked: its view is open, and beside it what the folder is about.
  await page.getByRole('button', { name: 'Try It in the Sandbox' }).waitFor();
  await page.getByRole('button', { name: 'Choose an AWS Profile' }).waitFor();
  const evidence = new Evidence('start', page, page.context());
  await page.getByRole('tab', { name: /README\.md/ }).waitFor();
  const readme = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await readme.getByRole('heading', { name: 'Ticks' }).waitFor();
  await evidence.shot('welcome');
  await page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).click();
  await page.getByRole('treeitem', { name: 'tick' }).waitFor();
  await evidence.shot('npm-start');
  await startInTerminal(page, 'nohup sleep 4321 > /dev/null &');
  await evidence.shot('terminal');

  const family = descendantsOf(started.pid ?? 0);
  // What is typed waits for the shell, which takes its time on a busy machine.
  const sleeper = await vi.waitFor(() => {
    const found = runningProcesses().find(({ command }) => command === 'sleep 4321');
    expect(found, 'the terminal started nothing').toBeDefined();
    return found!.id;
  }, 60_000);
  expect(family.length).toBeGreaterThan(4);

  started.kill('SIGINT');
  const [code] = await once(started, 'exit');
  expect(code).toBe(0);
  await vi.waitFor(() => expect([...family, sleeper].filter(isRunning)).toEqual([]), 10_000);
});

/** @returns what follows `Slipway is open at`. */
async function printedAddress(started: ChildProcess): Promise<string> {
  const printed: string[] = [];
  for await (const line of createInterface({ input: started.stdout! })) {
    const address = /^Slipway is open at (http:\/\/127\.0\.0\.1:\d+\/\S*)$/.exec(line)?.[1];
    if (address !== undefined) return address;
    printed.push(line);
  }
  throw new Error(`npm start ended without an address:\n${printed.join('\n')}`);
}

async function openPage(address: string): Promise<Page> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(A_HANG_MS);
  await page.goto(address);
  await page.locator('.monaco-workbench .activitybar').waitFor();
  return page;
}

async function startInTerminal(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+Backquote');
  await page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ state: 'attached' });
  await page.locator('.terminal-wrapper.active .xterm-screen').click();
  await page.keyboard.type(`${command}\n`);
}
