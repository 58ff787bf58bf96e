/**
 * A process that tests kill: it deploys code and updates node groups as windows do, with the real domain and adapters,
 * says on standard output (a JSON value a line) before and after each event that it writes down, and stops each where it
 * was told to. Or it takes up, as the next window does, what such processes have left. One argument: JSON.
 */
import { createAws } from '../../src/aws';
import { nodesBefore } from '../../src/commands/nodegroup/cluster-inside';
import type { TargetPorts } from '../../src/commands/ports';
import { joinedPorts } from '../../src/commands/workloads';
import { clearAbandoned } from '../../src/deploy/apply/abandoned';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { goOnDeploying } from '../../src/deploy/go-on';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import { kubernetesTarget } from '../../src/deploy/kubernetes/target';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import type { DeployTarget } from '../../src/deploy/port/deploy-target';
import { isDeployment } from '../../src/deploy/port/operation-kind';
import type { TargetKind } from '../../src/deploy/port/target-kind';
import { createKubernetes } from '../../src/kubernetes';
import { type Clock, systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { ClusterWatches } from '../../src/nodegroup/inside/cluster-watches';
import { writtenNumbers } from '../../src/nodegroup/inside/inside-facts';
import { recordOf } from '../../src/nodegroup/plan/record';
import { planSeveral } from '../../src/nodegroup/several/plan';
import { isOpen } from '../../src/operations/fold';
import { goOn } from '../../src/operations/go-on';
import { createLease } from '../../src/operations/lease';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import type { Journal, Operation, PlannedOperation } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { runOperation } from '../../src/operations/run-operation';
import { createTracker } from '../../src/operations/tracker';
import { createPacker } from '../../src/package/packer-client';
import type { Change, Said, Task } from './task';

const task = JSON.parse(process.argv[2] ?? '') as Task;
/** Another one for each that waits: a signal warns when many listen to it. */
const forever = (): AbortSignal => new AbortController().signal;

function say(said: Said): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

/** Nothing that ends the process is left to do: it waits to be killed. */
function stop(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 60_000));
}

/**
 * Says each event, and stops before or after the one that the test has chosen: one after the other, so that nothing later is
 * written either.
 */
function observed(ledger: Ledger, { folder, stopAt }: Change): Ledger {
  const record = ledger.record.bind(ledger);
  const pass = async (word: string): Promise<void> => {
    say({ folder, word });
    if (word === stopAt) await stop();
  };
  let last = Promise.resolve();
  ledger.record = (id, event, along) => {
    const name = event.type === 'step' ? event.name : event.type;
    const recorded = last.then(async () => {
      await pass(`before ${name}`);
      await record(id, event, along);
      await pass(`after ${name}`);
    });
    last = recorded.catch(() => undefined);
    return recorded;
  };
  return ledger;
}

/** Says how many nodes are replaced, each time that it has been written down. */
function counted(ledger: Ledger, folder: string): Ledger {
  const record = ledger.record.bind(ledger);
  ledger.record = async (id, event, along) => {
    await record(id, event, along);
    const facts = event.type === 'ended' ? event.outcome.facts : event.type === 'observed' && event.facts;
    const numbers = facts && writtenNumbers(facts);
    if (numbers) say({ folder, word: `${numbers.replaced} replaced` });
  };
  return ledger;
}

const aws = createAws({
  clock: systemClock,
  env: {},
  sandboxFile: task.address,
  sandboxProgram: '',
  mayStartSandbox: false,
  onRequest: () => undefined,
  mfaCode: () => Promise.reject(new Error('nobody to ask')),
});
const packer = createPacker({ workerFile: task.packWorker });
const connection = connectionOf({ kind: 'sandbox' }, 'us-east-1');
const { interactive, following } = await aws.session(connection);
const kubernetes = createKubernetes({
  clock: systemClock,
  onRequest: () => undefined,
  overrides: () => ({}),
  roleOf: async () => undefined,
  aws: async () => interactive,
});
const ports = joinedPorts(
  async () => kubernetes,
  'interactive',
  async () => [],
)(connection, interactive);
const followingPorts = joinedPorts(
  async () => kubernetes,
  'background',
  async () => [],
)(connection, following);

function targetOf(kind: TargetKind, path: readonly string[], at: TargetPorts, clock: Clock): DeployTarget {
  return kind === finspaceKind
    ? finspaceTarget(at.finspace, path)
    : kubernetesTarget(at.workloads, path, clock);
}

function followed(ledger: Ledger, folder: string, clock: Clock, inside: true | undefined) {
  const watches = new ClusterWatches({
    clock,
    open: async ({ path }) => kubernetes.cluster(connection, path[0] ?? '').watch,
  });
  const tracker = createTracker({
    ledger,
    lease: createLease(folder, ledger.writer, clock),
    followers: [
      ...[finspaceKind, kubernetesKind].map((kind) =>
        createCodeFollower(kind, async ({ path }) => targetOf(kind, path, followingPorts, clock), clock),
      ),
      versionFollower({ eks: () => following.eks, clock, ...(inside && { watches }) }),
    ],
    clock,
    // As fast as the sandbox, whose quarter of an hour is a second or two here.
    rate: 100,
    interval: { baseMs: 50 },
    housekeeping: async (signal) => {
      await resume({
        ledger,
        signal,
        abandoned: async (operation) => {
          if (isDeployment(operation)) await clearAbandoned(operation, following.objects, clock);
        },
      });
    },
    onCredentials: (_id, failure) => say({ folder, failure }),
    onProblem: (failure) => say({ folder, failure }),
  });
  tracker.start();
  return {
    stop: async () => {
      await tracker.stop();
      watches.dispose();
    },
  };
}

/** Until nothing of the ledger is open. `click`: the user's, on what waits for one. */
async function untilOver(
  ledger: Ledger,
  click?: (operation: Operation, why: string) => Promise<void>,
): Promise<void> {
  while (ledger.operations().some(({ state }) => isOpen(state))) {
    const waiting = ledger.operations().find(({ state, paused }) => state === 'watching' && paused);
    if (waiting?.paused !== undefined) await click?.(waiting, waiting.paused);
    await systemClock.sleep(10, new AbortController().signal);
  }
}

interface Work {
  readonly planned: PlannedOperation;
  readonly apply: (journal: Journal) => Promise<void>;
}

async function deployment(change: Exclude<Change, { do: 'update' }>): Promise<Work> {
  const { path, code, cache, prefix, bucket, strategy = 'ROLLING' } = change;
  const kind = change.do === 'deploy' ? finspaceKind : kubernetesKind;
  const pack = { root: code, include: [], ignore: [], useGitignore: false, cacheFolder: cache };
  const target = targetOf(kind, path, ports, systemClock);
  const plan = await planDeployment(
    {
      destination: { connection, kind, path, bucket, prefix },
      source: { kind: 'folder', request: pack },
      strategy,
      initializationScript: { kind: 'value', value: 'init.q' },
      commandLineArguments: { kind: 'value', value: [{ key: 's', value: '4' }] },
    },
    { ports, target, packer, clock: systemClock },
    forever(),
  );
  const { subject, author } = plan;
  return {
    planned: { kind: kind.operationKind, subject, author, plan: summaryOf(plan) },
    apply: (journal) =>
      applyDeployment(plan, { ports, target, packer, journal, clock: systemClock, pack }, forever()),
  };
}

async function update({
  path: [name = '', nodegroup = ''],
  inside,
}: Extract<Change, { do: 'update' }>): Promise<Work> {
  const looks = new AttentionSource(interactive, systemClock);
  const choice = { goal: 'control-plane-version', force: false } as const;
  const names = [{ cluster: name, nodegroup }];
  const [row] = await planSeveral(looks, names, choice, Date.now(), forever());
  if (row?.kind !== 'planned') throw new Error(`no plan: ${JSON.stringify(row)}`);
  const record = recordOf(row.plan);
  const author = await interactive.identities.whoAmI(forever());
  const drains = async () => {
    const client = kubernetes.cluster(connection, name).interactive;
    return { api: client, logs: client };
  };
  const before =
    inside && nodesBefore({ connection, cluster: name, nodegroup }, { drains, clock: systemClock });
  return {
    planned: updateOperation(record, { connectionId: connection.id, region: connection.region, author }),
    apply: (journal) => applyUpdate(record, interactive.eks, journal, forever(), before),
  };
}

async function carry(change: Change): Promise<void> {
  const { folder } = change;
  const { planned, apply } = await (change.do === 'update' ? update(change) : deployment(change));
  const inside = change.do === 'update' ? change.inside : undefined;
  const ledger = counted(observed(await openLedger({ folder, clock: systemClock }), change), folder);
  const journal = await ledger.begin(planned);
  const failure = await runOperation(ledger, journal, () => apply(journal));
  if (failure) say({ folder, failure });
  const tracker = followed(ledger, folder, systemClock, inside);
  await untilOver(ledger);
  await tracker.stop();
  await ledger.dispose();
}

/** Time that passes faster, so that what is only decided after minutes is decided in seconds. */
function fastClock(scale: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * scale,
    sleep: (ms, signal) => systemClock.sleep(ms / scale, signal),
  };
}

async function takeUp(folder: string, clock: Clock, inside: true | undefined): Promise<void> {
  const ledger = counted(await openLedger({ folder, clock }), folder);
  const tracker = followed(ledger, folder, clock, inside);
  await untilOver(ledger, async ({ id, subject }, why) => {
    say({ folder, word: `waits: ${why}` });
    const target = targetOf(kubernetesKind, subject.path, ports, clock);
    const failure = await goOn(ledger, id, (journal, operation, over) =>
      goOnDeploying(operation, target, ports, journal, over),
    );
    if (failure) say({ folder, failure });
  });
  await tracker.stop();
  await ledger.dispose();
  say({ folder, operations: ledger.operations(), problems: ledger.problems });
}

switch (task.do) {
  case 'change':
    await Promise.all(task.changes.map(carry));
    break;
  case 'take-up':
    await Promise.all(task.folders.map((folder) => takeUp(folder, fastClock(task.scale), task.inside)));
    break;
}
await packer.dispose();
kubernetes.dispose();
aws.dispose();
