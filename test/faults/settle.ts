/** What becomes of a flow that was disturbed: it is followed, the fault ends, it settles; and what there is to be seen. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import { clearLeftBehind, LEFT } from '../../src/deploy/apply/abandoned';
import type { Failure } from '../../src/model/failure';
import { isOpen } from '../../src/operations/fold';
import { createLease } from '../../src/operations/lease';
import type { Operation } from '../../src/operations/operation';
import { createTracker } from '../../src/operations/tracker';
import type { LoggedRequest } from '../../src/sandbox/request-log';
import { failureWords } from '../../src/view/messages/failure';
import { BUCKET } from '../deploy/shop';
import type { Below } from './below';
import type { Carried, Flow } from './flows';
import type { Window } from './rig';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const STEP_MS = 30 * SECOND;
/** A fault that lasts does so for longer than a token counts: whatever is decided late is decided while it is there. */
const LASTING_MS = 11 * MINUTE;
const SETTLING_MS = 90 * MINUTE;

/** What is seen of a flow at one moment: what the user is told of the operation, and what the sandbox holds. */
export interface Seen {
  /** Absent where none was begun. */
  readonly operation?: Operation;
  /** How many updates the sandbox took. */
  readonly accepted: number;
  readonly isLive: boolean;
}

export interface Outcome {
  /** Of the command, where it failed. */
  readonly failure?: Failure;
  /** When the fault has lasted for long and still does. */
  readonly during: Seen;
  /** When it is gone and everything had time to settle. */
  readonly after: Seen;
  /** Ids of the uploads that nobody completed: in S3 by then, told of, and in S3 after what was left has been cleared. */
  readonly uploads: {
    readonly left: readonly string[];
    readonly told: readonly string[];
    /** It was told that there may be others. */
    readonly unseen: boolean;
    readonly still: readonly string[];
  };
  /** The sandbox's log. */
  readonly requests: readonly LoggedRequest[];
  /** Of it the last request of the command: `seq`. */
  readonly command: number;
  /** Of it the requests of the {@link LASTING_MS} during which the fault was there. */
  readonly followed: readonly LoggedRequest[];
  readonly problems: readonly Failure[];
  /** The sentence for the failure, where there is one. */
  readonly sentence?: string;
  /** Everything that Slipway has written, logged or shown. */
  readonly said: string;
}

/** Follows what was sent, first while the fault lasts, then without it; and clears what was left behind. */
export async function settled(
  window: Window,
  below: Below,
  flow: Flow,
  { id, failure }: Carried,
  lasting: boolean,
): Promise<Outcome> {
  const { ledger, clock, folder, sandbox, session } = window;
  const { control } = sandbox;
  const problems: Failure[] = [];
  const tracker = createTracker({
    ledger,
    clock,
    lease: createLease(folder, ledger.writer, clock),
    followers: [flow.follower(window)],
    interval: { baseMs: STEP_MS },
    random: () => 0.5,
    onCredentials: (_connection, problem) => problems.push(problem),
    onProblem: (problem) => problems.push(problem),
  });
  const see = async (): Promise<Seen> => {
    const state = await control.state();
    const operation = id === undefined ? undefined : ledger.operation(id);
    return {
      ...(operation && { operation }),
      accepted: flow.accepted(state).length,
      isLive: id !== undefined && flow.isLive(state, window, id),
    };
  };
  const isOver = (): boolean => id === undefined || !isOpen(ledger.operation(id)?.state ?? 'unknown');
  const follow = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms && !isOver(); passed += STEP_MS) {
      await control.advance(STEP_MS);
      await clock.advance(STEP_MS);
      const problem = id === undefined ? undefined : tracker.status(id)?.problem;
      if (problem !== undefined) problems.push(problem);
    }
  };

  const command = (await control.requests()).at(-1)?.seq ?? 0;
  tracker.start();
  if (lasting) await follow(LASTING_MS);
  const followed = await control.requests({ since: command });
  const during = await see();

  await control.clearFaults();
  below.loseNames(undefined);
  tracker.resumeConnection(session.connection.id);
  await follow(SETTLING_MS);
  // Who reads that it is not known looks again.
  if (id !== undefined && ledger.operation(id)?.state === 'unknown') {
    await tracker.watch(id);
    await follow(SETTLING_MS);
  }
  await tracker.stop();
  const after = await see();
  const requests = await control.requests();

  const left = await unfinished(window.s3);
  const steps = after.operation?.steps.filter(({ name }) => name === LEFT) ?? [];
  const told = steps.flatMap(({ facts }) => (facts?.['uploads'] ?? []) as readonly string[]);
  const unseen = steps.some(({ facts }) => facts?.['unseen'] === true);
  await clearLeftBehind(ledger, async () => session.interactive.objects, window.hasty);
  const still = await unfinished(window.s3);
  const sentence = failure && failureWords(failure);
  return {
    ...(failure && { failure }),
    during,
    after,
    uploads: { left, told, unseen, still },
    requests,
    command,
    followed,
    problems,
    ...(sentence !== undefined && { sentence }),
    said: JSON.stringify([
      sentence,
      failure,
      problems,
      ledger.operations(),
      window.entries(),
      await written(folder),
    ]),
  };
}

async function unfinished(s3: S3Client): Promise<readonly string[]> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  return Uploads.map(({ UploadId = '' }) => UploadId);
}

/** The ledger's files as they lie on the disk. */
async function written(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
}
