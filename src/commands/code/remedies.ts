/** The buttons that are offered after a deployment has ended, and the action of each. */
import * as l10n from '@vscode/l10n';
import { driftedConfiguration } from '../../deploy/drift';
import { isDeployment } from '../../deploy/port/operation-kind';
import { configurationIn, memberOf } from '../../deploy/reading-json';
import type { Operation } from '../../operations/operation';
import { logsLabel } from '../../view/messages/command-labels';
import type { Remedy } from '../../view/notify';
import { targetKinds } from '../target-kinds';
import { deletePod, holdingPod } from './delete-pod';
import { deployRepeated } from './deploy';
import { showConfigurations } from './diffs';
import type { HistoryDeps } from './history/history-steps';
import { type LogDeps, showLogsOf } from './logs';
import { canRollBack, rollBackOperation } from './roll-back';
import { canSaveAsTarget, saveAsTarget } from './targets/save';

/** The buttons for an operation that deployed code; none for any other operation. */
export function codeRemedies(operation: Operation, deps: HistoryDeps & LogDeps): readonly Remedy[] {
  if (!isDeployment(operation)) return [];
  return remediesFor(operation, deps).map(({ label, run }) => ({
    label,
    run: () =>
      run().catch((thrown: unknown) => deps.notify.failed(l10n.t('carry out "{0}"', { 0: label }), thrown)),
  }));
}

interface Button {
  readonly label: string;
  run(): Promise<void>;
}

function remediesFor(operation: Operation, deps: HistoryDeps & LogDeps): readonly Button[] {
  const again = { label: l10n.t('Plan Again…'), run: () => deployRepeated(operation, deps) };
  const logs = { label: logsLabelOf(operation), run: () => showLogsOf(operation, deps) };
  switch (operation.state) {
    case 'succeeded':
      return canSaveAsTarget(operation)
        ? [{ label: l10n.t('Save as Target…'), run: () => saveAsTarget(operation, deps) }]
        : [];
    case 'drifted':
      return [showBoth(operation, deps) ?? logs, again];
    case 'failed':
      if (operation.sentAt === undefined) return [again];
      return [
        showBoth(operation, deps) ?? logs,
        canRollBack(operation)
          ? { label: l10n.t('Roll Back…'), run: () => rollBackOperation(operation, deps) }
          : again,
        ...deletion(operation, deps),
      ];
    case 'unknown':
      return [logs];
    default:
      return [];
  }
}

/**
 * For a StatefulSet that a pod holds up, the button that deletes this pod after the user has agreed; else
 * empty.
 */
function deletion(operation: Operation, deps: HistoryDeps & LogDeps): readonly Button[] {
  const holding = holdingPod(operation);
  if (holding === undefined) return [];
  return [{ label: l10n.t('Delete Pod…'), run: () => deletePod(operation, holding, deps) }];
}

function logsLabelOf(operation: Operation): string {
  const isInCluster = targetKinds.ofOperation(operation)?.logGroup(operation.subject.path) === undefined;
  return logsLabel(isInCluster ? 'pods' : 'cluster');
}

/**
 * After a refusal for drift, or for a change by somebody else: the button that compares the configuration
 * that was planned or deployed with the one that was found. Undefined for any other outcome.
 */
function showBoth({ outcome, plan, subject }: Operation, { documents }: HistoryDeps): Button | undefined {
  const failure = outcome?.failure;
  if (failure?.kind !== 'refused') return undefined;
  const drifted = driftedConfiguration(memberOf(plan, 'before'), failure.facts);
  const before = drifted?.planned ?? configurationIn(failure.facts['expected']);
  const found = drifted?.found ?? configurationIn(failure.facts['found']);
  if (before === undefined || found === undefined) return undefined;
  const name = drifted === undefined ? l10n.t('as deployed') : l10n.t('as planned');
  return {
    label: l10n.t('Show Both'),
    run: () =>
      showConfigurations(
        subject.label,
        { name, configuration: before },
        { name: l10n.t('as it was found'), configuration: found },
        documents,
      ),
  };
}
