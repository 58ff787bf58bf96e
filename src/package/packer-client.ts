/** The packer as the extension uses it: orders go to a thread that is started on first use. */

import { randomBytes } from 'node:crypto';
import { present } from '../model/present';
import { ownerName } from './cache/ownership';
import type { Manifest } from './manifest';
import { ClientRun, type RunResult } from './pack/client-run';
import { CoordinatorThread } from './pack/coordinator-thread';
import type { RunOrder } from './pack/protocol';
import type { PackedZip, Packer, PackProgress, PackRequest, Scan } from './packer';

const IDLE_MS = 60_000;

export interface PackerOptions {
  /** Absolute path of the built `pack-worker.js`. */
  readonly workerFile: string;
  /** Milliseconds for which the thread is kept without work; a minute by default. */
  readonly idleMs?: number;
}

/**
 * A packer that carries out runs one after the other. An idle thread does not keep the process alive; if the
 * thread crashes, the run fails (`unexpected`) and the next run starts another thread.
 */
export function createPacker({ workerFile, idleMs = IDLE_MS }: PackerOptions): Packer {
  const owner = ownerName(process.pid, randomBytes(4).toString('hex'));
  const thread = new CoordinatorThread(workerFile, owner, idleMs);
  let last: Promise<void> = Promise.resolve();
  // The last run's manifest. Most runs find the same files as the run before: its entries are then not sent again.
  let held: Manifest | undefined;

  const runInTurn = async (
    order: Pick<RunOrder, 'kind' | 'expected'>,
    request: PackRequest,
    signal: AbortSignal,
    report: ((progress: PackProgress) => void) | undefined,
  ): Promise<RunResult> => {
    const run = new ClientRun(order, request, signal, report);
    last = last.then(() => run.start(thread, held));
    const result = await run.result;
    held = result.manifest;
    return result;
  };

  return {
    async scan(request, signal, report) {
      return scanIn(await runInTurn({ kind: 'scan' }, request, signal, report));
    },
    async pack(request, expected, signal, report) {
      const order = { kind: 'pack', ...present({ expected }) } as const;
      return zipIn(await runInTurn(order, request, signal, report));
    },
    async scanAndPack(request, signal, report) {
      const result = await runInTurn({ kind: 'scan-and-pack' }, request, signal, report);
      return { scan: scanIn(result), zip: zipIn(result) };
    },
    async dispose() {
      await last;
      await thread.end();
    },
  };
}

function scanIn({ manifest, lists: { leftOut, secrets, loads } }: RunResult): Scan {
  return { manifest, leftOut, secrets, loads };
}

function zipIn({ manifest, zip }: RunResult): PackedZip {
  if (zip === undefined) throw new Error('the packing thread answered without a zip');
  return { manifest, ...zip };
}
