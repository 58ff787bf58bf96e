/** Gives the tests of one file a window, and keeps what shows why a test failed. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/**
 * Registers the window with the test file's hooks.
 * @param options Asked once, before the first test: may start a sandbox or write a workspace.
 * @param release Undoes what `options` did, after the window is gone.
 * @returns the window, once tests run.
 */
export function useWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions>,
  release: () => Promise<void> = async () => undefined,
): () => Workbench {
  let opened: Workbench | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('the window is there from the first test on, not before');
    return opened;
  };

  beforeAll(async () => {
    opened = await openWorkbench(await options());
  });
  afterEach(async ({ task }) => {
    const { evidence, foreignRequests, logs } = workbench();
    if (task.result?.state === 'fail') console.error(`see ${await evidence.keep(task.name, logs)}`);
    else await evidence.forget();
    expect(foreignRequests, 'the window asked for other hosts').toEqual([]);
  });
  afterAll(async () => {
    await opened?.stop();
    await release();
  });
  return workbench;
}
