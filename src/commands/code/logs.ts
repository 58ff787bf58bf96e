/** "Show Cluster Logs…": what a cluster writes to CloudWatch, followed while it is looked at. */

import * as l10n from '@vscode/l10n';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import { type Connection, connectionFromId } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import type { Operation } from '../../operations/operation';
import { clusterLogsText } from '../../view/documents/cluster-logs';
import { LiveText } from '../../view/documents/live-text';
import { refuse } from '../../view/messages/refusals/commands';
import { withProgress } from '../../view/progress';
import type { ResourceNode } from '../../view/resources/node';
import { runWizard } from '../../view/wizard/wizard';
import { targetKinds } from '../target-kinds';
import type { DeployDeps } from './deploy';
import { LogTail } from './log-tail';
import { knownTarget, targetSteps } from './picked-target';

type LogDeps = Pick<DeployDeps, 'store' | 'prompts' | 'ports' | 'documents' | 'notify' | 'clock'>;

/** Milliseconds between two looks. */
const INTERVAL_MS = 4_000;

export async function showLogs(node: ResourceNode | undefined, deps: LogDeps): Promise<void> {
  const steps = targetSteps(deps, knownTarget(node));
  const answers = await runWizard(l10n.t('Cluster Logs'), steps, {}, deps.prompts);
  if (!answers) return;
  const { connection, kind, path, seen } = answers;
  await openLogs({ connection, group: kind.logGroup(path), label: seen.label }, deps);
}

/** The logs of what an operation deployed to. @throws refused `no-such-connection`, `operation-unreadable`. */
export async function showLogsOf(operation: Operation, deps: LogDeps): Promise<void> {
  const { connectionId, path, label } = operation.subject;
  const connection = connectionFromId(connectionId);
  if (connection === undefined) throw refuse('no-such-connection', { connection: connectionId });
  const kind = targetKinds.ofOperation(operation);
  if (kind === undefined) throw refuseDeployment('operation-unreadable', { what: 'plan' });
  await openLogs({ connection, group: kind.logGroup(path), label }, deps);
}

interface Logged {
  readonly connection: Connection;
  /** Of CloudWatch Logs. */
  readonly group: string;
  readonly label: string;
}

async function openLogs({ connection, group, label }: Logged, deps: LogDeps): Promise<void> {
  const { logs } = await deps.ports(connection);
  const tail = new LogTail(logs, group);
  await withProgress(l10n.t('Reading the logs of {0}', { 0: label }), async (signal) => {
    try {
      await tail.begin(deps.clock.now(), signal);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind !== 'aws' || failure.reason !== 'not-found') throw thrown;
      throw refuse('no-log-group', { cluster: label, group }, thrown);
    }
  });
  let problem: string | undefined;
  const text = (): string =>
    clusterLogsText({
      group,
      events: tail.all,
      since: tail.since,
      isIncomplete: tail.isIncomplete,
      ...(problem !== undefined && { problem }),
    });
  const shown = await LiveText.open(
    deps.documents,
    l10n.t('{0} logs.log', { 0: label.replaceAll('/', '·') }),
    text,
  );
  void follow(tail, shown, deps, (failure) => {
    problem = failure && deps.notify.words(failure);
  });
}

/** Until the document is closed. What fails is told in the document, and tried again. */
async function follow(
  tail: LogTail,
  shown: LiveText,
  { clock }: LogDeps,
  tell: (failure: Failure | undefined) => void,
): Promise<void> {
  let failed = false;
  while (!shown.closed.aborted) {
    await clock.sleep(INTERVAL_MS, shown.closed).catch(() => undefined);
    if (shown.closed.aborted || !shown.isVisible()) continue;
    try {
      const hasMore = await tail.look(shown.closed);
      const isBack = failed;
      failed = false;
      tell(undefined);
      if (hasMore || isBack) shown.refresh();
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind === 'cancelled') return;
      failed = true;
      tell(failure);
      shown.refresh();
    }
  }
}
