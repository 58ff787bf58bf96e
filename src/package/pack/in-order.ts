/** Several things under way at once, brought to their end one by one in order. */

/** What remains to be done with something once its turn has come. */
export type Finish = () => Promise<void> | void;

/**
 * Starts `start` for each item, at most `ahead` of them beyond the one whose turn it is. Ends with the first failure,
 * after everything that was started is over.
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
      // A failure counts when its turn comes; until then it must not pass for one that nobody handles.
      begun.catch(() => undefined);
      started.push(begun);
      if (started.length > ahead) await finishNext();
    }
    while (started.length > 0) await finishNext();
  } finally {
    await Promise.allSettled(started);
  }
}
