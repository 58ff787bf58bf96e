/**
 * What a process of the window tests keeps from file to file, as an environment of Vitest: set up before the process runs
 * its first file, torn down after its last.
 */
import type { Browser } from 'playwright-core';
import type { Environment } from 'vitest/runtime';
import type { Workbench } from './workbench';

/** A window that no file uses at the moment. */
export interface IdleWindow {
  /** Equal for windows that can stand in for each other. */
  readonly kind: string;
  readonly workbench: Workbench;
  /** What its first file prepared for it, such as its folder and its sandbox. */
  readonly place: unknown;
  /** Undoes what was prepared, after the window is gone. */
  readonly release: () => Promise<void>;
}

export interface TestProcess {
  browser?: Promise<Browser>;
  idle?: IdleWindow | undefined;
}

const NAME = Symbol.for('slipway.testProcess');
type Holder = { [NAME]?: TestProcess };

/** @returns the same object for all files of a process. */
export function testProcess(): TestProcess {
  const kept = (globalThis as Holder)[NAME];
  if (kept === undefined)
    throw new Error('the window tests run in the environment of harness/test-process.ts');
  return kept;
}

/** Ends the window that no file uses, where there is one. */
export async function closeIdle(kept: TestProcess): Promise<void> {
  const { idle } = kept;
  kept.idle = undefined;
  try {
    await idle?.workbench.stop();
  } finally {
    await idle?.release();
  }
}

export default {
  name: 'windows',
  viteEnvironment: 'ssr',
  setup: (global: Holder) => {
    const kept: TestProcess = {};
    global[NAME] = kept;
    return {
      teardown: async () => {
        try {
          await closeIdle(kept);
        } finally {
          await (await kept.browser)?.close();
        }
      },
    };
  },
} satisfies Environment;
