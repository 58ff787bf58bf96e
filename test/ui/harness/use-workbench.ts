/** Gives the tests of a file windows, and keeps what shows why a test failed. */
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { chromiumLaunchOptions } from '../../../scripts/host/chromium.mjs';
import { restartIn } from './restart';
import type { Settings } from './restartable';
import { closeIdle, testProcess } from './test-process';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

export interface WindowSource {
  /** Asked before a window opens: may start a sandbox or write a workspace. */
  readonly options: () => WorkbenchOptions | Promise<WorkbenchOptions>;
  /** Undoes what `options` did, after the window is gone. */
  readonly release?: () => Promise<void>;
  readonly sharing?: Sharing;
}

/**
 * Where it is given, tests share a window, which is a fifth of the work: each finds a Slipway that has just started and
 * remembers no operation, no row and no package, and no editor, notification or panel. Within a file, what VS Code itself
 * keeps of Slipway stays unless `isFirstUse` says otherwise: its connections, the targets that were agreed to, and the switch
 * of deploy on save. The next file of this process whose windows are of the same kind gets the window with none of that.
 * Where it is absent, each test has a window of its own.
 */
export interface Sharing {
  /** The screenshots' folder of the file. */
  readonly suite: string;
  /** Equal for files whose windows can stand in for each other. */
  readonly kind: string;
  /** What belongs to the window that this file has. */
  readonly place: () => unknown;
  /** Takes over the place of a window that another file had. */
  readonly takeOver: (place: unknown) => void;
  /** Brings what `options` prepared back to how it was, between two tests, while Slipway does not run. */
  readonly prepareAgain: () => Promise<void>;
  /** User settings of this file: a window that another file had gets them instead of that file's. */
  readonly settings: Settings;
  /**
   * Whether each test finds what a first use finds, and not the first of the file alone. The page is loaded anew for it: it
   * checks a step of a walkthrough off only once. Takes 5 CPU seconds a test.
   */
  readonly isFirstUse: boolean;
}

/**
 * Registers windows with the hooks of a test file or a `describe`. After a failed test, and where a window could not be
 * made ready again, the next test gets another one. The browser's process stays, for starting it costs seconds; each
 * window has a VS Code, a profile and a browser context of its own.
 * @returns the window, while a test runs.
 */
export function useWorkbench({ options, release, sharing }: WindowSource): () => Workbench {
  let opened: Workbench | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('the window is there while a test runs');
    return opened;
  };

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
    if (sharing === undefined) return closeIdle(testProcess());
    const isOfAnotherFile = opened === undefined && (await takeIdle(sharing));
    if (opened === undefined) return;
    try {
      const forgetting = { settings: changed(opened.settings, sharing.settings) };
      await restartIn(opened, {
        meanwhile: sharing.prepareAgain,
        reload: sharing.isFirstUse,
        ...((isOfAnotherFile || sharing.isFirstUse) && { forgetting }),
      });
      opened.settings = sharing.settings;
    } catch (error) {
      console.error('the window of the test before could not be made ready again:', error);
      await close();
    }
  }

  /** @returns whether there was a window that an earlier file had, which is this file's then. */
  async function takeIdle({ suite, kind, takeOver }: Sharing): Promise<boolean> {
    const kept = testProcess();
    if (kept.idle === undefined) return false;
    if (kept.idle.kind !== kind) {
      await closeIdle(kept);
      return false;
    }
    opened = kept.idle.workbench;
    takeOver(kept.idle.place);
    kept.idle = undefined;
    opened.evidence.suite = suite;
    return true;
  }

  beforeEach(async () => {
    await readyAgain();
    opened ??= await openWorkbench(await options(), runningBrowser(), { isShared: sharing !== undefined });
    await opened.evidence.begin();
  });
  afterEach(async ({ task }) => {
    const { evidence, logs } = opened ?? {};
    const foreignRequests = opened?.foreignRequests.splice(0);
    const failed = task.result?.state === 'fail';
    try {
      if (evidence && logs && failed) console.error(`see ${await evidence.keep(task.name, logs)}`);
      else await evidence?.discard();
    } finally {
      if (failed || sharing === undefined) await close();
    }
    expect(foreignRequests, 'the window asked for other hosts').toEqual([]);
  });
  afterAll(async () => {
    if (opened === undefined) return;
    if (sharing === undefined) return close();
    const kept = testProcess();
    await closeIdle(kept);
    const { kind, place } = sharing;
    kept.idle = { kind, workbench: opened, place: place(), release: async () => release?.() };
    opened = undefined;
  });
  return workbench;
}

/** What leads from settings to others. */
function changed(before: Settings, after: Settings): Settings {
  const gone = Object.keys(before).map((name) => [name, null]);
  return { ...Object.fromEntries(gone), ...after };
}

/** Another one where it crashed, so that one test fails of it. */
async function runningBrowser(): Promise<Browser> {
  const kept = testProcess();
  if (!(await kept.browser)?.isConnected()) kept.browser = chromium.launch(chromiumLaunchOptions());
  return kept.browser as Promise<Browser>;
}
