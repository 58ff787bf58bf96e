/** Runs several pieces of work at once, and completes them one by one in order. */

/** Completes one item when its turn has come. */
export type Finish = () => Promise<void> | void;

/**
 * Calls `start` for each item, in order, as soon as no more than `ahead` earlier items are still to be
 * completed. If items fail, rejects with the failure of the first of them in this order, once everything that
 * was started has ended.
 */
export async function inOrder<T>(
  items: Iterable<T>,
  ahead: number,
  start: (item: T) => Promise<Finish>,
): Promise<void> {
  const started: Promise<Finish>[] = [];
  const finishNext = async (): Promise<void> => {
    const finish = await started.shift();
    await finish?.();
  };
  try {
    for (const item of items) {
      const begun = start(item);
      // A failure is handled in its turn; until then it must not count as unhandled.
      begun.catch(() => undefined);
      started.push(begun);
      if (started.length > ahead) await finishNext();
    }
    while (started.length > 0) await finishNext();
  } finally {
    await Promise.allSettled(started);
  }
}
