/**
 * The program in which the sandboxes of a test process run, each with an address and a world of its own: what V8 compiled
 * for one serves the next.
 */
import { readCommandLine } from '../../src/sandbox/arguments';
import { type PublishedSandbox, publishSandbox } from '../../src/sandbox/published';

/** What the test process asks for. */
export type Asked =
  | { readonly id: number; readonly do: 'start'; readonly flags: readonly string[] }
  /** @property started The id under which it was started. */
  | { readonly id: number; readonly do: 'stop'; readonly started: number };

/** That it is done; `error` where it could not be. */
export interface Answered {
  readonly id: number;
  readonly error?: string;
}

const running = new Map<number, PublishedSandbox>();

async function carryOut(asked: Asked): Promise<void> {
  if (asked.do === 'stop') {
    await running.get(asked.started)?.end();
    running.delete(asked.started);
    return;
  }
  const line = readCommandLine(asked.flags);
  if (line.kind !== 'run') throw new Error(line.kind === 'wrong' ? line.problem : 'nothing to start');
  const sandbox = await publishSandbox(line.options);
  running.set(asked.id, sandbox);
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
