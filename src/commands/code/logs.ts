/**
 * "Show Cluster or Pod Logs…": follows a cluster's logs in CloudWatch, or the logs of a workload's pods,
 * while the page is on the screen.
 */

import * as l10n from '@vscode/l10n';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import { connectionFromId } from '../../model/connection';
import type { Operation } from '../../operations/operation';
import { refuse } from '../../view/messages/refusals/commands';
import type { ResourceNode } from '../../view/resources/node';
import { runWizard } from '../../view/wizard/wizard';
import { type LogPageDeps, openLog } from '../logs/log-page';
import { targetLog } from '../logs/target-log';
import { targetKinds } from '../target-kinds';
import type { DeployDeps } from './deploy';
import { knownTarget, targetSteps, titleWith } from './picked-target';

export type LogDeps = Pick<DeployDeps, 'store' | 'prompts' | 'ports' | 'picking'> & LogPageDeps;

export async function showLogs(node: ResourceNode | undefined, deps: LogDeps): Promise<void> {
  const steps = targetSteps(deps, knownTarget(node));
  const title = titleWith(l10n.t('Cluster Logs'), (place) => l10n.t('Logs of {0}', { 0: place }));
  const answers = await runWizard(title, steps, {}, deps.prompts);
  if (!answers) return;
  const { connection, kind, path, seen } = answers;
  await openLog(targetLog({ connection, kind, path, label: seen.label }, deps), deps);
}

/** Shows the logs of an operation's target. @throws refused `no-such-connection`, `operation-unreadable`. */
export async function showLogsOf(operation: Operation, deps: LogDeps): Promise<void> {
  const { connectionId, path, label } = operation.subject;
  const connection = connectionFromId(connectionId);
  if (connection === undefined) throw refuse('no-such-connection', { connection: connectionId });
  const kind = targetKinds.ofOperation(operation);
  if (kind === undefined) throw refuseDeployment('operation-unreadable', { what: 'plan' });
  await openLog(targetLog({ connection, kind, path, label }, deps), deps);
}
