/**
 * A window as a process that tests kill: it updates everything outdated in the sandbox as one batch, or takes up what a
 * killed one left and waits for a click. Says what it does on standard output, one JSON value a line; a line on
 * standard input is the click. Arguments: `begin` or `take-up`, the ledger's folder, the sandbox's address file.
 */
import { createInterface } from 'node:readline';
import { createAws } from '../../src/aws';
import { systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import { AttentionSource, type Surveyed } from '../../src/nodegroup/attention/attention-source';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { outdatedOf } from '../../src/nodegroup/several/outdated';
import { planSeveral } from '../../src/nodegroup/several/plan';
import { rowStarter, runnableOf } from '../../src/nodegroup/several/rows';
import { createBatches } from '../../src/operations/batch';
import { BATCH, batchRows, countOf } from '../../src/operations/batch-plan';
import { createLease } from '../../src/operations/lease';
import { openLedger } from '../../src/operations/ledger';
import type { Operation } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { createTracker } from '../../src/operations/tracker';

const [, , task, folder = '', sandboxFile = ''] = process.argv;
const forever = new AbortController().signal;

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const aws = createAws({
  clock: systemClock,
  env: { HOME: folder },
  sandboxFile,
  sandboxProgram: '',
  mayStartSandbox: false,
  onRequest: () => undefined,
  mfaCode: () => Promise.reject(new Error('nobody to ask')),
});
const connection = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const { interactive, following } = await aws.session(connection);
const author = await interactive.identities.whoAmI(forever);
const place = { connectionId: connection.id, region: connection.region, author };

const ledger = await openLedger({ folder, clock: systemClock });
const tracker = createTracker({
  ledger,
  lease: createLease(folder, ledger.writer, systemClock),
  followers: [versionFollower({ eks: () => following.eks, clock: systemClock })],
  clock: systemClock,
  // As fast as the sandbox, whose quarter of an hour is a fraction of a second here.
  rate: 100,
  interval: { baseMs: 50 },
  housekeeping: async (signal) => {
    await resume({ ledger, signal });
  },
  onCredentials: (_id, failure) => say({ failure }),
  onProblem: (failure) => say({ failure }),
});
tracker.start();
const batches = createBatches({ ledger, clock: systemClock, start: rowStarter(() => following.eks) });

async function begin(): Promise<string> {
  const looks = new AttentionSource(following, systemClock);
  const found: Surveyed[] = [];
  for await (const one of looks.survey(undefined, forever)) found.push(one);
  const choice = { goal: 'control-plane-version', force: false } as const;
  const rows = await planSeveral(looks, outdatedOf(found), choice, systemClock.now(), forever);
  const runnable = runnableOf(rows, [], place);
  say({ rows: runnable.rows.length, leftOut: runnable.leftOut.length });
  const { accountId } = author;
  const subject = { ...place, accountId, path: [], label: 'everything outdated' };
  return await batches.begin(
    { subject, author },
    { rows: runnable.rows, width: 3, perGroup: 1, afterFailure: 'go-on', canary: false, summary: {} },
  );
}

/** The batch that a killed window left, once all its rows that were sent have ended and it waits for a click. */
async function takeUp(): Promise<string> {
  for (;;) {
    const batch = ledger.operations().find(({ kind }) => kind === BATCH);
    const rows = batch ? batchRows(batch, ledger.operations()) : [];
    if (batch?.paused !== undefined && countOf(rows, 'active') === 0) {
      say({ paused: batch.paused, waiting: countOf(rows, 'waiting') });
      return batch.id;
    }
    await systemClock.sleep(20, forever);
    await ledger.refresh();
  }
}

function failureFacts({ subject, outcome }: Operation): object {
  return { path: subject.path, facts: outcome?.facts };
}

const id = task === 'begin' ? await begin() : await takeUp();
if (task === 'take-up') {
  const lines = createInterface({ input: process.stdin });
  await new Promise<void>((click) => lines.once('line', () => click()));
  lines.close();
}
await batches.run(id, forever);
const rows = ledger.operations().filter(({ parent }) => parent === id);
say({
  outcome: ledger.operation(id)?.outcome,
  failed: rows.filter(({ state }) => state === 'failed').map(failureFacts),
});
await tracker.stop();
await ledger.dispose();
aws.dispose();
