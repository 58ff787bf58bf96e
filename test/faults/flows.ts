/** The flows that a campaign disturbs: from the first read to the request, with all that is said about it. */
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../src/deploy/finspace/target';
import { createCodeFollower } from '../../src/deploy/follow/code-follower';
import { differing } from '../../src/deploy/kubernetes/annotations';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import { annotationsIn } from '../../src/deploy/kubernetes/requests';
import { kubernetesTarget } from '../../src/deploy/kubernetes/target';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import type { DeployTarget } from '../../src/deploy/port/deploy-target';
import type { TargetKind } from '../../src/deploy/port/target-kind';
import { type Failure, failureOf } from '../../src/model/failure';
import { ANNOTATION } from '../../src/model/workload';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { recordOf } from '../../src/nodegroup/plan/record';
import { planSeveral } from '../../src/nodegroup/several/plan';
import type { Follower, Journal, PlannedOperation } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import type { Fault } from '../../src/sandbox/fault-syntax';
import type { SandboxState } from '../../src/sandbox/state';
import { RDB, TRADING } from '../deploy/kubernetes/workloads';
import { BUCKET, PROD } from '../deploy/shop';
import type { Size, Window } from './rig';

const never = new AbortController().signal;

/** What the user was told when the command was over. `id`: of the operation, where one was begun. */
export interface Carried {
  readonly id?: string;
  readonly failure?: Failure;
}

export interface Flow {
  readonly name: string;
  /** Other faults that are in force from the beginning, so that there is a request to disturb. */
  readonly given: readonly Fault[];
  /** Requests before the first of this operation are another flow's as well; absent: all are this one's. */
  readonly from?: string;
  carry(window: Window): Promise<Carried>;
  follower(window: Window): Follower;
  /** The updates of the sandbox's own record that it took from here. */
  accepted(state: SandboxState): readonly unknown[];
  /** Whether what it changes is, by the sandbox's own record, as it was planned. */
  isLive(state: SandboxState, window: Window, id: string): boolean;
}

const GROUP = { cluster: 'market-data', nodegroup: 'hardened' };

type Given = Pick<Flow, 'given' | 'from'>;

/** What code is deployed to, and what the sandbox's own record has of it. */
interface Place extends Pick<Flow, 'accepted' | 'isLive'> {
  readonly kind: TargetKind;
  readonly path: readonly string[];
  target(window: Window): DeployTarget;
  /** As whoever follows reaches it. */
  followed(window: Window): DeployTarget;
}

function deployment(name: string, size: Size, given: Given = { given: [] }, place = KDB): Flow {
  const { kind, path, accepted, isLive } = place;
  return {
    name,
    ...given,
    accepted,
    isLive,
    carry: async (window) => {
      const { packer, hasty: clock, session, interactive: ports } = window;
      const target = place.target(window);
      const pack = window.pack(size);
      const destination = { connection: session.connection, kind, path, bucket: BUCKET, prefix: 'slipway' };
      const source = { kind: 'folder', request: pack } as const;
      const input = { ...KEEP_ALL, destination, source, strategy: 'ROLLING' } as const;
      return told(async () => {
        const plan = await planDeployment(input, { ports, target, packer, clock }, never);
        const { subject, author } = plan;
        return begun(
          window,
          { kind: kind.operationKind, subject, author, plan: summaryOf(plan) },
          (journal) => applyDeployment(plan, { ports, target, packer, journal, clock, pack }, never),
        );
      });
    },
    follower: (window) => createCodeFollower(kind, async () => place.followed(window), window.clock),
  };
}

const KDB: Place = {
  kind: finspaceKind,
  path: [PROD, 'eq-rdb'],
  target: ({ interactive }) => finspaceTarget(interactive.finspace, KDB.path),
  followed: ({ following, clock }) => finspaceTarget(clock.watching(following.finspace), KDB.path),
  accepted: (state) => kdbCluster(state)?.updates ?? [],
  isLive: (state, { ledger }, id) => {
    const asked = ledger.operation(id)?.request?.input as { code?: Code } | undefined;
    const served: Code | undefined = kdbCluster(state)?.configuration.code;
    return asked?.code !== undefined && JSON.stringify(fields(asked.code)) === JSON.stringify(fields(served));
  },
};

/** A StatefulSet of the sandbox with three pods, which keeps to the convention. */
const WORKLOAD: Place = {
  kind: kubernetesKind,
  path: RDB,
  target: ({ interactive, hasty }) => kubernetesTarget(interactive.workloads, RDB, hasty),
  followed: ({ following, clock }) =>
    kubernetesTarget((cluster) => clock.watching(following.workloads(cluster)), RDB, clock),
  accepted: (state) => rdb(state)?.applies ?? [],
  isLive: (state, { ledger }, id) => {
    const asked = annotationsIn(ledger.operation(id)?.request?.input ?? null);
    const { pods = [], annotations = {} } = rdb(state) ?? {};
    return (
      asked !== undefined &&
      differing(asked, slipways(annotations)).length === 0 &&
      pods.length === 3 &&
      pods.every(({ ready, unpacked }) => ready && unpacked === asked[ANNOTATION.digest])
    );
  },
};

const slipways = (annotations: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(annotations).filter(([name]) => name.startsWith('slipway.dev/')));

function rdb({ eksClusters }: SandboxState) {
  return eksClusters
    .find(({ name }) => name === TRADING)
    ?.workloads.find(({ namespace, workload }) => namespace === RDB[1] && workload === RDB[2]);
}

interface Code {
  readonly s3Bucket?: string;
  readonly s3Key?: string;
  readonly s3ObjectVersion?: string;
}

const fields = ({ s3Bucket, s3Key, s3ObjectVersion }: Code = {}) => [s3Bucket, s3Key, s3ObjectVersion];

function kdbCluster({ kdbClusters }: SandboxState) {
  return kdbClusters.find(({ clusterName }) => clusterName === KDB.path[1]);
}

function nodegroupUpdate(name: string, given: Given = { given: [] }): Flow {
  return {
    name,
    ...given,
    carry: (window) =>
      told(async () => {
        const { connection, interactive } = window.session;
        const looks = new AttentionSource(interactive, window.hasty);
        const choice = { goal: 'control-plane-version', force: false } as const;
        const [row] = await planSeveral(looks, [GROUP], choice, window.clock.now(), never);
        if (row?.kind !== 'planned') {
          const why = row?.why;
          return { failure: why?.code === 'not-readable' ? why.failure : unplanned(why) };
        }
        const record = recordOf(row.plan, ['insights']);
        const author = await interactive.identities.whoAmI(never);
        const place = { connectionId: connection.id, region: connection.region, author };
        return begun(window, updateOperation(record, place), (journal) =>
          applyUpdate(record, interactive.eks, journal, never),
        );
      }),
    follower: ({ session, clock }) => {
      const eks = clock.watching(session.following.eks);
      return versionFollower({ eks: () => eks, clock });
    },
    accepted: (state) => nodegroup(state)?.updates.filter(({ body }) => isOurs(body)) ?? [],
    isLive: (state, { ledger }, id) => {
      const input = ledger.operation(id)?.request?.input as { readonly version?: string } | undefined;
      return input !== undefined && nodegroup(state)?.version === input.version;
    },
  };
}

/** The sandbox's updates that were there from its beginning carry no token. */
function isOurs(body: unknown): boolean {
  return body instanceof Object && 'clientRequestToken' in body;
}

function nodegroup({ eksClusters }: SandboxState) {
  return eksClusters
    .find(({ name }) => name === GROUP.cluster)
    ?.nodegroups.find(({ name }) => name === GROUP.nodegroup);
}

const unplanned = (why: unknown): Failure => ({
  kind: 'refused',
  code: 'not-planned',
  facts: { why: JSON.stringify(why) },
});

async function told(work: () => Promise<Carried>): Promise<Carried> {
  try {
    return await work();
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

async function begun(
  { ledger }: Window,
  planned: PlannedOperation,
  apply: (journal: Journal) => Promise<void>,
): Promise<Carried> {
  const journal = await ledger.begin(planned);
  const failure = await runOperation(ledger, journal, () => apply(journal));
  return { id: journal.id, ...(failure && { failure }) };
}

/** The answers are lost, so that it has to be found out what became of the update. */
const lost = (operation: string): Given => ({
  given: [{ kind: 'reset-after', operation, times: 3 }],
  from: operation,
});

/** The first of them is the rehearsal of the plan. */
const lostApply: Given = {
  given: [{ kind: 'reset-after', operation: 'patch statefulsets', after: 1, times: 1 }],
  from: 'patch statefulsets',
};

/** What was uploaded must not become an object. */
const refused: Given = {
  given: [
    {
      kind: 'error',
      operation: 'CompleteMultipartUpload',
      status: 403,
      code: 'AccessDenied',
      message: 'Not allowed.',
    },
  ],
  from: 'CompleteMultipartUpload',
};

/** What changes in AWS's own services. */
export const AWS_FLOWS: readonly Flow[] = [
  deployment('deploy, small', 'small'),
  deployment('deploy, multipart', 'multipart'),
  deployment('deploy, multipart refused', 'multipart', refused),
  deployment('deploy, answer lost', 'small', lost('UpdateKxClusterCodeConfiguration')),
  nodegroupUpdate('node group'),
  nodegroupUpdate('node group, answer lost', lost('UpdateNodegroupVersion')),
];

/** What changes inside of a cluster. */
export const WORKLOAD_FLOWS: readonly Flow[] = [
  deployment('workload', 'small', undefined, WORKLOAD),
  deployment('workload, answer lost', 'small', lostApply, WORKLOAD),
];
