/** What the tests of this room start from: folders, operations, events. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AwsFailure } from '../../src/model/failure';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import type { PlannedOperation, SentRequest } from '../../src/operations/operation';
import { VirtualClock } from '../virtual-clock';

export const forever = new AbortController().signal;

/** A folder that goes when the test has finished. */
export function temporaryFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'slipway-operations-'));
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

/** Where a thousand flushed files do not wait for a disk that others use too. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function planned(change: Partial<PlannedOperation> = {}): PlannedOperation {
  return {
    kind: 'code',
    subject: {
      connectionId: 'sandbox:us-east-1',
      region: 'us-east-1',
      accountId: '123456789012',
      path: ['env', 'rdb'],
      label: 'env / rdb',
    },
    plan: { files: 3 },
    ...change,
  };
}

export const request: SentRequest = {
  service: 'finspace',
  operation: 'UpdateKxClusterCodeConfiguration',
  input: { environmentId: 'env', clusterName: 'rdb', clientToken: 'token-1' },
  token: 'token-1',
};

export function awsFailure(change: Partial<AwsFailure> = {}): AwsFailure {
  return {
    kind: 'aws',
    reason: 'server',
    service: 'finspace',
    operation: 'GetKxCluster',
    name: 'InternalServerException',
    message: 'try again',
    passing: true,
    answered: true,
    ...change,
  };
}
