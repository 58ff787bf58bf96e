/** The process that holds the sandboxes of this test process, see host.ts: started with the first of them. */
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { SHORT_LIVED } from '../short-lived';
import type { Answered, Asked, Task } from './host';

/** As build-host.ts builds it before the first test. */
const PROGRAM = resolve(import.meta.dirname, '../../out/test/sandbox-host.cjs');

interface Host {
  readonly child: ChildProcess;
  readonly waiting: Map<number, { readonly done: () => void; readonly fail: (error: Error) => void }>;
  asked: number;
}

/** Files of a test process share their modules, and with them this. */
const kept: { host?: Host } = {};

/**
 * @returns the id of what was asked for, once it is done
 * @throws with what the sandbox said, or where the process ended meanwhile
 */
export function askHost(task: Task): Promise<number> {
  kept.host ??= begin();
  const { host } = kept;
  host.asked += 1;
  const id = host.asked;
  host.child.channel?.ref();
  return new Promise((done, fail) => {
    host.waiting.set(id, { done: () => done(id), fail });
    host.child.send({ id, task } satisfies Asked);
  });
}

function begin(): Host {
  const child = fork(PROGRAM, { execArgv: [...SHORT_LIVED], stdio: 'inherit' });
  const host: Host = { child, waiting: new Map(), asked: 0 };
  child.on('message', ({ id, error }: Answered) => {
    const asker = host.waiting.get(id);
    host.waiting.delete(id);
    if (host.waiting.size === 0) child.channel?.unref();
    if (error === undefined) asker?.done();
    else asker?.fail(new Error(error));
  });
  child.once('exit', (code, signal) => {
    delete kept.host;
    const error = new Error(`The process of the sandboxes ended with ${signal ?? code}.`);
    for (const { fail } of host.waiting.values()) fail(error);
  });
  // A test process that has nothing else to do, and waits for no answer, ends and takes it along.
  child.unref();
  child.channel?.unref();
  return host;
}
