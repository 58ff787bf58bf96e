/** The parts that carry out operations, follow them to their end, and report the outcome. */
import * as l10n from '@vscode/l10n';
import { BatchRunner, type RowStarter } from '../commands/batches';
import type { CodeDeps } from '../commands/code/commands';
import { codeRemedies } from '../commands/code/remedies';
import { codeRowStarter } from '../commands/code/several/deploy-several';
import { createFollowing } from '../commands/following';
import { nodesBefore } from '../commands/nodegroup/cluster-inside';
import { type FollowUpDeps, remediesOf } from '../commands/nodegroup/follow-ups';
import { placeOfSubject } from '../commands/nodegroup/place';
import { endedButtons } from '../commands/notification-buttons';
import type { OnSave } from '../commands/on-save/on-save';
import { showOperation } from '../commands/operation-page';
import type { OperationDeps } from '../commands/operations';
import { knownConnection } from '../commands/ports';
import { Runner } from '../commands/run';
import { targetKinds } from '../commands/target-kinds';
import { Waiting } from '../commands/waiting';
import { systemClock } from '../model/clock';
import { VERSION_KIND } from '../nodegroup/apply/apply';
import { ClusterWatches } from '../nodegroup/inside/cluster-watches';
import { rowStarter } from '../nodegroup/several/rows';
import type { Operation } from '../operations/operation';
import type { Remedy } from '../view/notify';
import { numberSetting } from '../view/settings';
import type { Base } from './base';

/**
 * Functions that return the parts created after those built here. They may be called only after Slipway
 * has started.
 */
export interface Later {
  readonly code: () => CodeDeps;
  readonly nodegroups: () => FollowUpDeps;
  readonly operations: () => OperationDeps;
  readonly onSave: () => Pick<OnSave, 'tellsOf'>;
}

/** Inferred: each member has the type that {@link createRunning} creates. */
export type Running = ReturnType<typeof createRunning>;

/** @param isOnScreen true if the page of an operation is visible */
export function createRunning(base: Base, later: Later, isOnScreen: (operation: Operation) => boolean) {
  const { ledger, notify, log, ports, folders, loadAws, kubernetes, outcomeWords, progressOf } = base;
  const details = (operation: Operation): Remedy => ({
    label: l10n.t('Show Details'),
    run: () => showOperation(operation, later.operations()),
  });
  const remedies = (operation: Operation): readonly Remedy[] => [
    ...codeRemedies(operation, later.code()),
    ...remediesOf(operation, later.nodegroups()),
  ];
  const startCode: RowStarter = (row, journal, signal) => codeRowStarter(later.code())(row, journal, signal);
  const batches = new BatchRunner({
    ledger,
    clock: systemClock,
    notify,
    starters: {
      ...Object.fromEntries(targetKinds.all.map(({ operationKind }) => [operationKind, startCode])),
      [VERSION_KIND]: rowStarter(
        async ({ connectionId }) => (await ports(knownConnection(connectionId))).eks,
        (subject) => nodesBefore(placeOfSubject(subject), { drains: base.drains, clock: systemClock }),
      ),
    },
    why: outcomeWords,
    retry: (batch) => later.operations().retry(batch),
    remedies: (batch) => [details(batch)],
  });
  const watches = new ClusterWatches({
    clock: systemClock,
    open: async ({ connectionId, path: [cluster = ''] }) =>
      (await kubernetes.load()).cluster(knownConnection(connectionId), cluster).watch,
  });
  const tracker = createFollowing({
    ledger,
    folder: folders.ledger,
    rate: numberSetting('follow.requestsPerSecond'),
    loadAws,
    loadKubernetes: kubernetes.load,
    watches,
    batches,
    notify,
    log,
    onEnded: (operation) => {
      if (!batches.tellsOf(operation) && !later.onSave().tellsOf(operation)) runner.tell(operation);
    },
  });
  const waiting = new Waiting({ ledger, tracker, batches, notify, ports, details, isOnScreen });
  const runner: Runner = new Runner({
    ledger,
    tracker,
    notify,
    log,
    remedies: (operation) => endedButtons(operation, remedies(operation), details(operation)),
    outcomeWords,
    progressOf,
    tellWaiting: (id) => waiting.tell(id),
  });
  return { batches, watches, tracker, waiting, runner, remedies };
}
