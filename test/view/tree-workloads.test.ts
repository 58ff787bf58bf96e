/** Workloads in the tree: what shows, when they are looked at, and what is said where they cannot be. */
import { describe, expect, it } from 'vitest';
import type { KubernetesFailure } from '../../src/model/kubernetes-failure';
import type { SeenWorkload } from '../../src/model/seen-workload';
import type { Operation } from '../../src/operations/operation';
import { busyAmong } from '../../src/view/live';
import type { WorkloadRow } from '../../src/view/resources/kinds/workload';
import type { ResourceNode } from '../../src/view/resources/node';
import { connectionNodeOf } from '../../src/view/resources/row';
import { rowOf } from '../../src/view/resources/rows';
import type { WorkloadsSeen } from '../../src/view/resources/source';
import { pod, workload } from '../model/workloads';
import { planned } from '../operations/data';
import { VirtualClock } from '../virtual-clock';
import { FleetAws } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';
import { takeShown } from './window-stand-in';

const CLUSTER = 'fleet-0001';
const digest = (text: string) => ({
  'slipway.dev/code-uri': `s3://b/${text}`,
  'slipway.dev/code-digest': text,
});
const hdb: SeenWorkload = { workload: workload({ annotations: digest('9f86d081884c7d65') }) };
const other: SeenWorkload = { workload: workload({ name: 'web', uid: 'w', kind: 'Deployment' }) };
const rolling: SeenWorkload = {
  workload: workload(
    { annotations: digest('9f86d081884c7d65') },
    { updated: 2, ready: 2, updateRevision: 'hdb-2' },
  ),
};
const crashing: SeenWorkload = {
  ...rolling,
  pods: [
    pod({
      containers: [
        { name: 'q', restarts: 3, waiting: 'CrashLoopBackOff', ended: { exitCode: 1, reason: 'Error' } },
      ],
    }),
  ],
};
const denied: KubernetesFailure = {
  kind: 'kubernetes',
  reason: 'forbidden',
  cluster: CLUSTER,
  verb: 'list',
  resource: 'deployments.apps',
  code: 'Forbidden',
  message: 'no',
  passing: false,
  answered: true,
};

interface Given {
  readonly aws: FleetAws;
  readonly tree: TestTree;
  readonly folder: ResourceNode;
  /** The rows below the folder: label and what stands beside it. */
  rows(): Promise<readonly string[]>;
  /** Tells the tree what is seen now. */
  sees(...seen: readonly SeenWorkload[]): Promise<void>;
}

const seenAs = (...workloads: readonly SeenWorkload[]): WorkloadsSeen => ({ workloads, commits: new Map() });

async function given(seen: WorkloadsSeen): Promise<Given> {
  const aws = new FleetAws(new VirtualClock(), { clusters: 1 });
  aws.workloads = { [CLUSTER]: seen };
  const tree = givenTree(aws);
  const [cluster] = await tree.below(await tree.eks());
  const folder = (await tree.below(cluster as ResourceNode)).find(({ kind }) => kind === 'workloads');
  if (!folder) throw new Error('there is no folder of workloads');
  return {
    aws,
    tree,
    folder,
    rows: async () => (await tree.below(folder)).map(shown),
    sees: async (...now) => {
      aws.watchedWorkloads.get(CLUSTER)?.(seenAs(...now));
      await aws.clock.advance(5_000);
    },
  };
}

function shown(row: ResourceNode): string {
  takeShown();
  rowOf(row, () => undefined);
  const [label, beside] = takeShown().map(({ text }) => text);
  return row.kind === 'workload' ? `${label}: ${beside}` : `${row.kind}: ${label}`;
}

const KIND = 'code-kubernetes';

describe('workloads', () => {
  it('say while one is deployed that it goes on, and while a canary waits, for whom', async () => {
    const { tree, folder } = await given(seenAs(hdb));
    const [row] = (await tree.below(folder)) as [WorkloadRow];
    const path = [CLUSTER, 'tick', 'statefulset/hdb'];
    const subject = { ...planned().subject, connectionId: connectionNodeOf(row).id, path };
    const operation = { ...planned({ kind: KIND, subject }), id: 'a', state: 'watching', facts: {} };
    const beside = (paused?: string): unknown => {
      takeShown();
      const { iconPath } = rowOf(
        row,
        busyAmong(() => [{ ...operation, paused } as unknown as Operation]),
      );
      return [takeShown()[1]?.text, (iconPath as { id: string }).id];
    };
    expect(beside()).toEqual([expect.stringMatching(/^deploying · /), 'sync~spin']);
    expect(beside('canary')).toEqual(['waiting for you · 9f86d081', 'debug-pause']);
  });

  it('say first how they stand, then which code they have', async () => {
    const convention = { fetch: 'f', readsScript: true, istio: false };
    const { rows } = await given({
      workloads: [
        { workload: workload({ name: 'gw', uid: 'g', annotations: digest('aaaabbbbcccc') }) },
        crashing,
        { workload: workload({ name: 'rdb', uid: 'r', convention }) },
      ],
      commits: new Map([['s3://b/aaaabbbbcccc', '1234abcd+']]),
    });
    expect(await rows()).toEqual([
      'tick/gw: running · 1234abcd+ · 3/3 ready',
      'tick/hdb: failing: CrashLoopBackOff · 9f86d081 · 2/3 ready',
      'tick/rdb: running · no code set · 3/3 ready',
    ]);
  });

  it('that carry no code show when somebody wants to see all', async () => {
    const { tree, folder, rows } = await given(seenAs(hdb, other));
    expect(await rows()).toEqual(['tick/hdb: running · 9f86d081 · 3/3 ready', 'others: Show All']);
    if (folder.kind !== 'workloads') throw new Error('it is another row');
    tree.resources.toggleOthers(folder);
    expect(await rows()).toEqual([
      'tick/hdb: running · 9f86d081 · 3/3 ready',
      'tick/web: running · not set up for code · 3/3 ready',
      'others: Show Only Those That Carry Code',
    ]);
    tree.resources.toggleOthers(folder);
    expect(await rows()).toHaveLength(2);
  });

  it('are looked at while their folder is open and can be seen, and not before or after', async () => {
    const { aws, tree, folder, rows } = await given(seenAs(hdb));
    await tree.rest();
    expect(aws.watchedWorkloads.size).toBe(0);
    await rows();
    expect(aws.watchedWorkloads.size).toBe(1);
    // Neither nodes nor pods are watched for it.
    expect(aws.watched.size).toBe(0);
    tree.resources.toggled(folder, false);
    expect(aws.watchedWorkloads.size).toBe(0);
    tree.resources.toggled(folder, true);
    expect(aws.watchedWorkloads.size).toBe(1);
    tree.resources.visible(false);
    expect(aws.watchedWorkloads.size).toBe(0);
  });

  it('change in place as they roll out', async () => {
    const { tree, rows, sees } = await given(seenAs(rolling));
    expect(await rows()).toEqual(['tick/hdb: rolling 2 of 3 · 9f86d081 · 2/3 ready']);
    await sees(hdb);
    expect(await rows()).toEqual(['tick/hdb: running · 9f86d081 · 3/3 ready']);
    expect(tree.drawn.some(({ kind }) => kind === 'workload')).toBe(true);
    tree.drawn.splice(0);
    await sees(hdb);
    expect(tree.drawn).toEqual([]);
  });

  it('that may not all be read show with the reason', async () => {
    const { rows } = await given({ ...seenAs(hdb), unread: denied });
    expect(await rows()).toEqual([
      expect.stringMatching(/^failure: /),
      'tick/hdb: running · 9f86d081 · 3/3 ready',
    ]);
  });

  it('that cannot be read are one row with the reason', async () => {
    const { rows } = await given({ ...seenAs(), unread: denied });
    expect(await rows()).toEqual([expect.stringMatching(/^failure: /)]);
  });
});
