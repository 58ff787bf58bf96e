/**
 * Creates the tracker of this window: it follows operations of all kinds, also after a crash, and reports how they end.
 */
import * as l10n from '@vscode/l10n';
import { clearAbandoned, clearLeftBehind } from '../deploy/apply/abandoned';
import { createCodeFollower } from '../deploy/follow/code-follower';
import { isDeployment } from '../deploy/port/operation-kind';
import type { Kubernetes } from '../kubernetes/contract';
import { systemClock } from '../model/clock';
import { connectionFromId } from '../model/connection';
import { failed } from '../model/failure';
import { configFollower, otherFollower, versionFollower } from '../nodegroup/follow/follow';
import { AuditReader } from '../nodegroup/inside/audit-reader';
import type { ClusterWatches } from '../nodegroup/inside/cluster-watches';
import { createLease } from '../operations/lease';
import type { Ledger } from '../operations/ledger';
import type { Operation, Subject } from '../operations/operation';
import { resume } from '../operations/resume';
import { createTracker, type Tracker } from '../operations/tracker';
import { failureLine, type Log } from '../view/log';
import type { Notifier } from '../view/notify';
import type { BatchRunner } from './batches';
import { inItsAccount, type KeysOwner } from './followed-account';
import { auditLogIn } from './nodegroup/audit-log';
import { knownConnection, type TargetPorts } from './ports';
import type { LoadAws } from './start-aws';
import { targetAt, targetKinds } from './target-kinds';
import { joinedPorts } from './workloads';

export interface FollowingDeps {
  readonly ledger: Ledger;
  /** Folder of the ledger and the lease. */
  readonly folder: string;
  /** Requests per second for each service. */
  readonly rate: number;
  readonly loadAws: LoadAws;
  readonly loadKubernetes: () => Promise<Kubernetes>;
  /** Watches of the clusters whose node groups are updated. */
  readonly watches: ClusterWatches;
  readonly batches: BatchRunner;
  readonly notify: Notifier;
  readonly log: Log;
  /** Tells the user how an operation has ended; called at its end. */
  readonly onEnded: (operation: Operation) => void;
}

/**
 * Milliseconds between two polls of an operation in the sandbox: short, since the sandbox is local and its
 * updates take seconds.
 */
const SANDBOX_LOOKS_MS = 500;

/** Creates a tracker, but does not start it. */
export function createFollowing(deps: FollowingDeps): Tracker {
  const { ledger, folder, rate, loadAws, loadKubernetes, watches, batches, notify, log, onEnded } = deps;
  const joined = joinedPorts(loadKubernetes, 'background', async () => []);
  const ports = async (connectionId: string): Promise<TargetPorts> => {
    const connection = knownConnection(connectionId);
    const { following } = await (await loadAws()).session(connection);
    return joined(connection, following);
  };
  const eks = async ({ connectionId }: Subject) => (await ports(connectionId)).eks;
  const audit = new AuditReader(async (connectionId) => auditLogIn(await ports(connectionId)));
  const whoAmI: KeysOwner = async (id, signal) => (await ports(id)).identities.whoAmI(signal);
  const objectsOf = async (id: string) => (await ports(id)).objects;
  const abandoned = async (operation: Operation): Promise<void> => {
    if (!isDeployment(operation)) return;
    await clearAbandoned(operation, await objectsOf(operation.subject.connectionId), systemClock);
  };
  const tracker = createTracker({
    ledger,
    lease: createLease(folder, ledger.writer, systemClock),
    followers: [
      ...targetKinds.all.map((kind) =>
        createCodeFollower(
          kind,
          async ({ connectionId, path }) => targetAt({ kind, path }, await ports(connectionId)),
          systemClock,
        ),
      ),
      versionFollower({ eks, clock: systemClock, watches, audit }),
      configFollower({ eks, clock: systemClock }),
      otherFollower({ eks, clock: systemClock, watches, audit }),
    ].map((follower) => inItsAccount(follower, whoAmI)),
    housekeeping: async (signal) => {
      for (const { id, failure } of await resume({ ledger, abandoned, signal })) {
        log.warn(`resume: ${id}: ${failureLine(failure)}`);
      }
      await batches.remind();
      await ledger.compact();
      for (const { id, failure } of await clearLeftBehind(ledger, objectsOf, systemClock)) {
        log.warn(`an upload that was left: ${id}: ${failureLine(failure)}`);
      }
    },
    clock: systemClock,
    rate,
    baseMsOf: ({ subject }) =>
      connectionFromId(subject.connectionId)?.source.kind === 'sandbox' ? SANDBOX_LOOKS_MS : undefined,
    onCredentials: (connectionId, failure) =>
      void notify.failed(l10n.t('follow what runs'), failed(failure), [
        {
          label: l10n.t('Try Again'),
          run: async () => {
            const aws = await loadAws();
            aws.forget(connectionId);
            // Following never asks for an MFA code; if credentials are still missing, the next poll reports the
            // failure again.
            await aws
              .signIn(knownConnection(connectionId), new AbortController().signal)
              .catch(() => undefined);
            tracker.resumeConnection(connectionId);
          },
        },
      ]),
    onEnded,
    onProblem: (failure) => log.warn(`following: ${failureLine(failure)}`),
  });
  return tracker;
}
