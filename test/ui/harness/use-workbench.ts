/** Gives the tests of a file windows, and keeps what shows why a test failed. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { chromiumLaunchOptions } from '../../../scripts/host/chromium.mjs';
import { restartIn } from './restart';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

export interface WindowSource {
  /** Asked before a window opens: may start a sandbox or write a workspace. */
  readonly options: () => WorkbenchOptions | Promise<WorkbenchOptions>;
  /** Undoes what `options` did, after the window is gone. */
  readonly release?: () => Promise<void>;
  /**
   * Brings what `options` prepared back to how it was, between two tests, while Slipway does not run. Where it is given,
   * the tests share a window, which is a fifth of the work: each finds a Slipway that has just started and remembers
   * no operation, no row and no package, and no editor, notification or panel. What stays is what VS Code itself keeps
   * of Slipway: its connections, the targets that were agreed to, and the switch of deploy on save. Where it is absent,
   * each test has a window of its own.
   */
  readonly prepareAgain?: () => Promise<void>;
}

/**
 * Registers windows with the hooks of a test file or a `describe`. After a failed test, and where a window could not be
 * made ready again, the next test gets another one. The browser's process stays, for starting it costs seconds; each
 * window has a VS Code, a profile and a browser context of its own.
 * @returns the window, while a test runs.
 */
export function useWorkbench({ options, release, prepareAgain }: WindowSource): () => Workbench {
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

  async function close(): Promise<void> {
    const closing = opened;
    if (closing === undefined) return;
    opened = undefined;
    try {
      await closing.stop();
    } finally {
      await release?.();
    }
  }

  async function readyAgain(): Promise<void> {
    if (opened === undefined || prepareAgain === undefined) return;
    try {
      await restartIn(opened, prepareAgain);
    } catch (error) {
      console.error('the window of the test before could not be made ready again:', error);
      await close();
    }
  }

  beforeEach(async () => {
    await readyAgain();
    opened ??= await openWorkbench(await options(), running());
    await opened.evidence.begin();
  });
  afterEach(async ({ task }) => {
    const { evidence, logs } = opened ?? {};
    const foreignRequests = opened?.foreignRequests.splice(0);
    const failed = task.result?.state === 'fail';
    try {
      if (evidence && logs && failed) console.error(`see ${await evidence.keep(task.name, logs)}`);
    } finally {
      if (failed || prepareAgain === undefined) await close();
    }
    expect(foreignRequests, 'the window asked for other hosts').toEqual([]);
  });
  afterAll(async () => {
    await close();
    await (await browser)?.close();
  });
  return workbench;
}
