/** Gives each test a window of its own, and keeps what shows why a test failed. */
import { afterEach, beforeEach, expect } from 'vitest';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/**
 * Registers a window with the hooks of a test file: each test has a VS Code, a profile and a browser of its own, so
 * that none sees what another one left.
 * @param options Asked before each test: may start a sandbox or write a workspace.
 * @param release Undoes what `options` did, after the window is gone.
 * @returns the window, while a test runs.
 */
export function useWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions>,
  release: () => Promise<void> = async () => undefined,
): () => Workbench {
  let opened: Workbench | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('the window is there while a test runs');
    return opened;
  };

  beforeEach(async () => {
    opened = await openWorkbench(await options());
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
  return workbench;
}
