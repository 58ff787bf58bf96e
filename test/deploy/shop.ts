/** A folder of q code, the real packer, ledger and adapters, and a sandbox: all that a deployment goes through. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TargetPorts } from '../../src/commands/ports';
import { targetAt, targetKinds } from '../../src/commands/target-kinds';
import { joinedPorts } from '../../src/commands/workloads';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import type { ApplyContext, ApplyProgress } from '../../src/deploy/apply/context';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { storedZip } from '../../src/deploy/history/from-ledger';
import type { PlanInput } from '../../src/deploy/plan/input';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import { type PlanContext, planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import type { TargetKind } from '../../src/deploy/port/target-kind';
import { createKubernetes } from '../../src/kubernetes';
import { type Clock, systemClock } from '../../src/model/clock';
import type { Failure } from '../../src/model/failure';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import type { Operation } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import type { Packer, PackRequest } from '../../src/package/packer';
import { createPacker } from '../../src/package/packer-client';
import type { SandboxState } from '../../src/sandbox/state';
import { openInSandbox } from '../aws/open-aws';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';

export const PROD = 'eq7prod3k9m2q4x8t6z5w1ab';
export const DEV = 'eq7dev51r8c4n6y3v2h9s0kd';
/** Keeps versions, and FinSpace may read it. */
export const BUCKET = 'acme-kdb-code-111122223333';
/** Keeps no versions. */
export const SCRATCH = 'acme-kdb-scratch-111122223333';

const MINUTE = 60_000;
const PACK_WORKER = resolve(import.meta.dirname, '../../dist/pack-worker.js');

/** Real time, but nobody waits: pauses between tries are over at once. */
export const hasty: Clock = {
  now: () => Date.now(),
  sleep: async (_ms, signal) => {
    signal.throwIfAborted();
    await new Promise(setImmediate);
    signal.throwIfAborted();
  },
};

/** The port with some of its methods replaced. Ports are no plain objects. */
export function replacing<Port extends object>(port: Port, methods: Partial<Port>): Port {
  return new Proxy(port, {
    get: (target, name) => Reflect.get(methods, name) ?? Reflect.get(target, name),
  });
}

/** What a deployment came to. */
export interface Deployed {
  readonly plan: DeploymentPlan;
  readonly id: string;
  readonly failure?: Failure;
  readonly progress: readonly ApplyProgress[];
}

export interface ApplyOptions {
  readonly signal?: AbortSignal;
  readonly report?: (progress: ApplyProgress) => void;
  readonly context?: Partial<ApplyContext>;
}

export interface Shop {
  readonly sandbox: TestSandbox;
  readonly ports: TargetPorts;
  readonly packer: Packer;
  readonly ledger: Ledger;
  /** Absolute path of the code. */
  readonly folder: string;
  /** Writes files of the folder. */
  write(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
  /** Removes files and folders, as far as they are there. */
  remove(...paths: readonly string[]): Promise<void>;
  request(): PackRequest;
  /** Deploys the folder to a cluster of production, keeping script and arguments, with ROLLING. */
  input(
    clusterName: string,
    change?: Partial<PlanInput>,
    destination?: Partial<PlanInput['destination']>,
  ): PlanInput;
  /** The services and the target that a plan of the input goes by. */
  reach(input: Pick<PlanInput, 'destination'>): Pick<PlanContext, 'ports' | 'target'>;
  plan(input: PlanInput): Promise<DeploymentPlan>;
  apply(plan: DeploymentPlan, options?: ApplyOptions): Promise<Deployed>;
  deploy(input: PlanInput, options?: ApplyOptions): Promise<Deployed>;
  /** Looks at a sent operation, a simulated minute apart, until it ends. */
  follow(id: string): Promise<Operation>;
  /** What the sandbox holds of a cluster. */
  cluster(name: string): Promise<SandboxState['kdbClusters'][number]>;
  /** Multipart uploads that were begun and neither completed nor aborted. */
  unfinishedUploads(bucket?: string): Promise<number>;
  close(): Promise<void>;
}

const NEVER = new AbortController().signal;

/** @param running a sandbox that several shops have, one after the other; absent: one that ends with the shop */
export async function openShop(running?: TestSandbox): Promise<Shop> {
  const sandbox = running ?? (await startTestSandbox());
  const opened = await openInSandbox(sandbox);
  const kubernetes = createKubernetes({
    clock: systemClock,
    onRequest: () => undefined,
    overrides: () => ({}),
    roleOf: async () => undefined,
    aws: async () => opened.session.interactive,
  });
  const { connection, interactive, following } = opened.session;
  const joined = joinedPorts(
    async () => kubernetes,
    'interactive',
    async () => [],
  );
  const ports = joined(connection, interactive);
  const home = await mkdtemp(join(tmpdir(), 'slipway-deploy-'));
  const [folder, cacheFolder] = [join(home, 'code'), join(home, 'cache')];
  await mkdir(folder);
  const packer = createPacker({ workerFile: PACK_WORKER });
  // Not the hasty one, by which it would give signs of life without a pause.
  const ledger = await openLedger({ folder: join(home, 'ledger'), clock: systemClock });
  const kindOf = ({ kind }: Pick<DeploymentPlan, 'kind'>): TargetKind => targetKinds.of(kind) ?? finspaceKind;
  const followers = targetKinds.all.map((kind) =>
    createCodeFollower(
      kind,
      async ({ path }) => targetAt({ kind, path }, joined(connection, following)),
      hasty,
    ),
  );
  const request = (): PackRequest => ({
    root: folder,
    include: [],
    ignore: [],
    useGitignore: false,
    cacheFolder,
  });

  const shop: Shop = {
    sandbox,
    ports,
    packer,
    ledger,
    folder,
    request,
    write: async (files) => {
      const folders = new Set(Object.keys(files).map((path) => dirname(join(folder, path))));
      for (const one of folders) mkdirSync(one, { recursive: true });
      // Ten thousand files take a tenth of the time without a promise each.
      for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
    },
    remove: async (...paths) => {
      for (const path of paths) await rm(join(folder, path), { recursive: true, force: true });
    },
    input: (clusterName, change = {}, destination = {}) => ({
      destination: {
        connection: opened.session.connection,
        kind: finspaceKind,
        path: [PROD, clusterName],
        bucket: BUCKET,
        prefix: 'slipway',
        ...destination,
      },
      source: { kind: 'folder', request: request() },
      strategy: 'ROLLING',
      ...KEEP_ALL,
      ...change,
    }),
    plan: (input) => planDeployment(input, { ...shop.reach(input), packer, clock: hasty }, NEVER),
    reach: ({ destination }) => ({ ports, target: targetAt(destination, ports) }),
    apply: async (plan, { signal = NEVER, report, context } = {}) => {
      const { subject, author, origin } = plan;
      const journal = await ledger.begin({
        kind: kindOf(plan).operationKind,
        subject,
        author,
        plan: summaryOf(plan),
        ...(origin !== undefined && { origin }),
      });
      const progress: ApplyProgress[] = [];
      const parts: ApplyContext = {
        ports,
        target: targetAt({ kind: kindOf(plan), path: subject.path }, ports),
        packer,
        journal,
        clock: hasty,
        pack: request(),
        earlier: (sha256) => storedZip(ledger.operations(), subject, sha256),
        ...context,
      };
      const failure = await runOperation(ledger, journal, (over) =>
        applyDeployment(plan, parts, AbortSignal.any([signal, over]), (one) => {
          progress.push(one);
          report?.(one);
        }),
      );
      return { plan, id: journal.id, progress, ...(failure && { failure }) };
    },
    deploy: async (input, applyOptions) => shop.apply(await shop.plan(input), applyOptions),
    follow: async (id) => {
      for (let look = 0; look < 60; look += 1) {
        const operation = ledger.operation(id)!;
        const follower = followers.find(({ kind }) => kind === operation.kind)!;
        const seen = await follower.poll(operation, NEVER);
        if (seen.state === 'ended') {
          await ledger.record(id, { type: 'ended', outcome: seen.outcome });
          return ledger.operation(id)!;
        }
        if (seen.facts) await ledger.record(id, { type: 'observed', facts: seen.facts });
        await sandbox.control.advance(MINUTE);
      }
      throw new Error(`The operation ${id} does not end.`);
    },
    cluster: async (name) => {
      const { kdbClusters } = await sandbox.control.state();
      const found = kdbClusters.find(({ clusterName }) => clusterName === name);
      if (!found) throw new Error(`There is no cluster ${name}.`);
      return found;
    },
    unfinishedUploads: async (bucket = BUCKET) =>
      (await ports.objects.listMultiparts(bucket, '', undefined, NEVER)).items.length,
    close: async () => {
      await ledger.dispose();
      await packer.dispose();
      kubernetes.dispose();
      await opened.close();
      if (running === undefined) await sandbox.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  return shop;
}

/** q code with an initialization script for each type of cluster, as the sample shop has it. */
export const Q_CODE: Readonly<Record<string, string>> = {
  'tick/init.q': '\\l ../lib/util.q\n.tick.init[]\n',
  'rdb/init.q': '\\l ../lib/util.q\n\\l schema.q\n.rdb.init[]\n',
  'rdb/schema.q': 'trade:([] time:`timestamp$(); sym:`$(); price:`float$())\n',
  'hdb/init.q': '\\l ../lib/util.q\n.hdb.init[]\n',
  'gw/init.q': '\\l ../lib/util.q\n.gw.init[]\n',
  'gp/init.q': '\\l ../lib/util.q\n',
  'lib/util.q': '.util.log:{-1 string[.z.p]," ",x;}\n',
};
