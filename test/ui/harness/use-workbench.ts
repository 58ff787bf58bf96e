/** Gives each test a window of its own, and keeps what shows why a test failed. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { chromiumLaunchOptions } from '../../../scripts/host/chromium.mjs';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/**
 * Registers a window with the hooks of a test file: each test has a VS Code, a profile and a browser context of its
 * own, so that none sees what another one left. Only the browser's process stays, for starting it costs seconds.
 * @param options Asked before each test: may start a sandbox or write a workspace.
 * @param release Undoes what `options` did, after the window is gone.
 * @returns the window, while a test runs.
 */
export function useWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions>,
  release: () => Promise<void> = async () => undefined,
): () => Workbench {
  let opened: Workbench | undefined;
  let browser: Promise<Browser> | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('the window is there while a test runs');
    return opened;
  };

  /** Another one where it crashed, so that one test fails of it. */
  async function running(): Promise<Browser> {
    if (!(await browser)?.isConnected()) browser = chromium.launch(chromiumLaunchOptions());
    return browser as Promise<Browser>;
  }

  beforeEach(async () => {
    opened = await openWorkbench(await options(), running());
  });
  afterEach(async ({ task }) => {
    const { evidence, foreignRequests, logs } = opened ?? {};
    try {
      if (evidence && logs && task.result?.state === 'fail')
        console.error(`see ${await evidence.keep(task.name, logs)}`);
    } finally {
      await opened?.stop();
      opened = undefined;
      await release();
    }
    expect(foreignRequests, 'the window asked for other hosts').toEqual([]);
  });
  afterAll(async () => (await browser)?.close());
  return workbench;
}
