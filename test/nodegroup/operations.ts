/** Updates as operations in a real ledger: begun, carried out and followed by hand, look by look. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Failure } from '../../src/model/failure';
import type { Place } from '../../src/nodegroup/plan/place';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import type { Follower, Journal, Operation, PlannedOperation } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import { VirtualClock } from '../virtual-clock';
import { NOW } from './nouns';

export const forever = new AbortController().signal;

export const PLACE: Place = {
  connectionId: 'sandbox:us-east-1',
  region: 'us-east-1',
  author: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/ada' },
};

/** A folder that goes when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface OpenOperations {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  /** Begins an operation and carries it out; gives what it came to and what was thrown on the way. */
  carryOut(
    planned: PlannedOperation,
    work: (journal: Journal) => Promise<void>,
  ): Promise<{ readonly operation: Operation; readonly failure?: Failure }>;
  /** One look of the follower, written down as the tracker does it. */
  look(follower: Follower, id: string): Promise<Operation>;
}

export async function openOperations(folder = temporaryFolder()): Promise<OpenOperations> {
  const clock = new VirtualClock(NOW);
  const ledger = await openLedger({ folder, clock });
  onTestFinished(() => ledger.dispose());
  const operation = (id: string): Operation => {
    const found = ledger.operation(id);
    if (!found) throw new Error(`no operation ${id}`);
    return found;
  };
  return {
    clock,
    ledger,
    carryOut: async (planned, work) => {
      const journal = await ledger.begin(planned);
      const failure = await runOperation(ledger, journal, () => work(journal));
      return { operation: operation(journal.id), ...(failure && { failure }) };
    },
    look: async (follower, id) => {
      const seen = await follower.poll(operation(id), forever, async () => undefined);
      if (seen.state === 'ended') await ledger.record(id, { type: 'ended', outcome: seen.outcome });
      else if (seen.facts) await ledger.record(id, { type: 'observed', facts: seen.facts });
      return operation(id);
    },
  };
}
