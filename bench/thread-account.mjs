// The time of a thread as Linux accounts for it, so that other work on the machine is not told as ours.
import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** Linux's account of this thread: nanoseconds on a core, nanoseconds ready to run but waiting for one, and how often. */
const ACCOUNT = '/proc/thread-self/schedstat';

/**
 * Reads the account of the thread that calls this, in milliseconds that count from any moment: `cpu` on a core, `held` by
 * the clock without the time for which the thread was ready and other work had its core. Without Linux both are the clock.
 */
export function openAccount() {
  if (!existsSync(ACCOUNT)) {
    const read = () => ({ cpu: performance.now(), held: performance.now() });
    return { read, close: () => undefined };
  }
  const file = openSync(ACCOUNT, 'r');
  const text = Buffer.alloc(80);
  return {
    read() {
      // Asking for the process's time brings the account up to date, which else lags by a tick of the kernel.
      process.cpuUsage();
      const length = readSync(file, text, 0, text.length, 0);
      const [ran = 0, waited = 0] = text.toString('latin1', 0, length).split(' ').map(Number);
      return { cpu: ran / 1e6, held: performance.now() - waited / 1e6 };
    },
    close: () => closeSync(file),
  };
}
