/** Folders and ledgers that tests start from and that go with them. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import { VirtualClock } from '../virtual-clock';

/** Where a thousand flushed files do not wait for a disk that others use too. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder in memory that goes when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(inMemory, 'slipway-operations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger that is disposed when the test has finished. */
export async function givenLedger(options: {
  readonly folder?: string;
  readonly clock?: VirtualClock;
  readonly writer?: string;
}): Promise<Ledger> {
  const { folder = temporaryFolder(), clock = new VirtualClock(), writer } = options;
  const ledger = await openLedger({ folder, clock, ...(writer !== undefined && { writer }) });
  onTestFinished(() => ledger.dispose());
  return ledger;
}

/** A folder for what a whole test file builds; goes when its tests have run. */
export function buildFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-operations-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
