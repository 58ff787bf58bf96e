/** What every case of a campaign runs on: one sandbox, one packer, and for each case a session and a ledger of its own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { AwsSession } from '../../src/aws/contract';
import type { TargetPorts } from '../../src/commands/ports';
import { joinedPorts } from '../../src/commands/workloads';
import { createKubernetes } from '../../src/kubernetes';
import type { Clock } from '../../src/model/clock';
import { systemClock } from '../../src/model/clock';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import type { Packer, PackRequest } from '../../src/package/packer';
import { createPacker } from '../../src/package/packer-client';
import { openInSandbox } from '../aws/open-aws';
import { Q_CODE } from '../deploy/shop';
import { SandboxClock } from '../following/sandbox-clock';
import { inMemory } from '../operations/given';
import { noise } from '../package/fixture';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';

export type Size = 'small' | 'multipart';

/** A window in which one case happens. */
export interface Window {
  readonly sandbox: TestSandbox;
  /** The tests' own, which no fault meets: it asks once they are over. */
  readonly s3: S3Client;
  readonly session: AwsSession;
  /** The services of the session, and its clusters: for what the user waits for, and for who follows. */
  readonly interactive: TargetPorts;
  readonly following: TargetPorts;
  readonly packer: Packer;
  readonly ledger: Ledger;
  /** The ledger's. */
  readonly folder: string;
  /** Of ledger and tracker: moves when it is told to. */
  readonly clock: SandboxClock;
  /** The same time, for who waits between tries: the wait is over at once. */
  readonly hasty: Clock;
  /** The request log that a user can open. */
  readonly entries: () => readonly object[];
  readonly pack: (size: Size) => PackRequest;
  close(): Promise<void>;
}

export interface Rig {
  readonly sandbox: TestSandbox;
  /** The minute of Slipway's patience with a silent connection in cases that wait for its end; milliseconds. */
  readonly patienceMs: number;
  /** Makes the patience long enough for a machine on which an undisturbed flow takes so long. */
  setPatience(flowMs: number): void;
  open(): Promise<Window>;
  close(): Promise<void>;
}

const PACK_WORKER = resolve(import.meta.dirname, '../../dist/pack-worker.js');
/** Incompressible, so that the zip has to go in parts. */
const LARGE = 17 * 1024 * 1024;

const SHORTEST_PATIENCE = 300;
const LONGEST_PATIENCE = 3_000;

export async function openRig(): Promise<Rig> {
  const sandbox = await startTestSandbox();
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true });
  const home = await mkdtemp(join(inMemory, 'slipway-faults-'));
  const packer = createPacker({ workerFile: PACK_WORKER });
  await writeCode(join(home, 'small'));
  await writeCode(join(home, 'multipart'));
  await writeFile(join(home, 'multipart/data.bin'), noise(LARGE, 1));
  const pack = (size: Size): PackRequest => ({
    root: join(home, size),
    include: [],
    ignore: [],
    useGitignore: false,
    cacheFolder: join(home, `cache-${size}`),
  });

  const open = async (): Promise<Window> => {
    const opened = await openInSandbox(sandbox, sandbox.region, { clock: leaping() });
    const folder = await mkdtemp(join(home, 'ledger-'));
    const clock = new SandboxClock(Date.now());
    const ledger = await openLedger({ folder, clock });
    const { session, entries } = opened;
    const inClusters: object[] = [];
    const kubernetes = createKubernetes({
      clock: patient(),
      onRequest: (entry) => inClusters.push(entry),
      overrides: () => ({}),
      roleOf: async () => undefined,
      aws: async () => session.interactive,
    });
    const portsOf = (kind: 'interactive' | 'following'): TargetPorts =>
      joinedPorts(
        async () => kubernetes,
        kind === 'interactive' ? kind : 'background',
        async () => [],
      )(session.connection, session[kind]);
    const hasty: Clock = {
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        clock.jump(ms);
        await new Promise(setImmediate);
        signal.throwIfAborted();
      },
    };
    return {
      ...{ sandbox, s3, session, packer, ledger, folder, clock, hasty, pack },
      entries: () => [...entries, ...inClusters],
      interactive: portsOf('interactive'),
      following: portsOf('following'),
      close: async () => {
        await ledger.dispose();
        kubernetes.dispose();
        await opened.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  };
  let patienceMs = SHORTEST_PATIENCE;
  return {
    sandbox,
    get patienceMs() {
      return patienceMs;
    },
    setPatience: (flowMs) => {
      patienceMs = Math.max(SHORTEST_PATIENCE, Math.min(LONGEST_PATIENCE, flowMs));
    },
    open,
    close: async () => {
      await packer.dispose();
      s3.destroy();
      await sandbox.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function writeCode(folder: string): Promise<void> {
  for (const [path, content] of Object.entries(Q_CODE)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Longer sleeps are signs of life, which wait for nothing. Milliseconds. */
const LONGEST_PAUSE = 30_000;

/** For pauses between tries and for budgets: time leaps over them. */
function leaping(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms, signal) => {
      if (ms > LONGEST_PAUSE) return systemClock.sleep(ms, signal);
      signal.throwIfAborted();
      ahead += ms;
      await new Promise(setImmediate);
      signal.throwIfAborted();
    },
  };
}

/** What is shorter is a pause between tries. Milliseconds. */
const SHORTEST_PATIENCE_OF_CLUSTERS = 10_000;

/**
 * For the client of a cluster, which measures its patience by its clock: time leaps over pauses, and whoever has waited
 * to the end of his patience, which is short here, has waited for all of it.
 */
function patient(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      const began = Date.now();
      // Half a minute for the connection, so that a busy machine does not break it.
      if (ms >= SHORTEST_PATIENCE_OF_CLUSTERS) await systemClock.sleep(Math.max(ms, LONGEST_PAUSE), signal);
      else await new Promise(setImmediate);
      signal.throwIfAborted();
      ahead += Math.max(0, ms - (Date.now() - began));
    },
  };
}
