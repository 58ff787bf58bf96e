/**
 * The program in which the sandboxes of a test process run, each with an address and a world of its own: what V8 compiled
 * for one serves the next.
 */
import { readCommandLine } from '../../src/sandbox/arguments';
import { type PublishedSandbox, publishSandbox } from '../../src/sandbox/published';

/** What the test process asks for: to start one by its command line, or to stop what an id started. */
export type Task =
  | { readonly do: 'start'; readonly args: readonly string[] }
  | { readonly do: 'stop'; readonly started: number };

export interface Asked {
  readonly id: number;
  readonly task: Task;
}

/** That it is done; `error` where it could not be. */
export interface Answered {
  readonly id: number;
  readonly error?: string;
}

const running = new Map<number, PublishedSandbox>();

async function carryOut({ id, task }: Asked): Promise<void> {
  if (task.do === 'stop') {
    await running.get(task.started)?.end();
    running.delete(task.started);
    return;
  }
  const line = readCommandLine(task.args);
  if (line.kind !== 'run') throw new Error(line.kind === 'wrong' ? line.problem : 'nothing to start');
  const sandbox = await publishSandbox(line.options);
  running.set(id, sandbox);
  await sandbox.written;
}

function answer(answered: Answered): void {
  process.send?.(answered);
}

process.on('message', (asked: Asked) => {
  const { id } = asked;
  carryOut(asked).then(
    () => answer({ id }),
    (error: unknown) => answer({ id, error: String(error) }),
  );
});
// The test process has ended, in whatever way.
process.on('disconnect', () => process.exit());
