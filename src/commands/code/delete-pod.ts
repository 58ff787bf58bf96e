/**
 * "Delete Pod…": if one pod of a StatefulSet does not start, Kubernetes replaces no other pod, not even in
 * a rollback, until somebody deletes that pod. The user sees the pod and agrees first; Slipway never deletes
 * it unasked.
 * @see https://github.com/kubernetes/kubernetes/issues/67250
 */
import * as l10n from '@vscode/l10n';
import type { Workloads } from '../../deploy/kubernetes/ports';
import { refuse as refuseDeployment } from '../../deploy/refusal';
import { connectionFromId } from '../../model/connection';
import { podTroubleOf } from '../../model/pod-trouble';
import { kubectl } from '../../model/shell-command';
import { type WorkloadPod, workloadNamed } from '../../model/workload';
import type { Operation } from '../../operations/operation';
import { showBriefly } from '../../view/message';
import { refuse } from '../../view/messages/refusals/commands';
import { podTroubleWords } from '../../view/messages/workloads';
import { withProgress } from '../../view/progress';
import { runWizard } from '../../view/wizard/wizard';
import { into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import { failingPod } from './failing-pod';
import { type LogDeps, showLogsOf } from './logs';

/** Milliseconds for which the status bar shows that the pod was deleted. */
const SAID_MS = 8_000;

/** The pod that holds up a rollout, as named in the outcome of the rollout's operation. */
export interface HoldingPod {
  readonly name: string;
  readonly uid: string;
}

/** The pod that holds up the rollout of the operation's StatefulSet; undefined if there is none. */
export function holdingPod(operation: Operation): HoldingPod | undefined {
  const failure = operation.outcome?.failure;
  if (failure?.kind !== 'refused' || failure.facts['stuck'] !== true) return undefined;
  const ref = failingPod(operation)?.ref;
  return ref && { name: ref.name, uid: ref.uid };
}

/** The pod as it is now, and the `kubectl` command that deletes it. */
interface PodToDelete {
  readonly pod: WorkloadPod;
  readonly command: string;
}

type Deed = 'delete' | 'logs';

/** @throws refused `no-such-connection`, `operation-unreadable`, `pod-is-gone`. */
export async function deletePod(operation: Operation, holding: HoldingPod, deps: LogDeps): Promise<void> {
  const { workloads, namespace, read } = await reached(operation, deps);
  const label = `${namespace}/${holding.name}`;
  const found = await withProgress(l10n.t('Reading {0}', { 0: label }), (signal) => read(holding, signal));
  const title = l10n.t('Delete Pod {0}', { 0: label });
  const answer = await runWizard(title, reviewStep(found, operation.subject.label), {}, deps.prompts);
  if (answer === undefined) return;
  if (answer.deed === 'logs') {
    await showLogsOf(operation, deps);
    return;
  }
  const { name, uid } = found.pod;
  const done = await withProgress(l10n.t('Deleting pod {0}', { 0: label }), (signal) =>
    workloads.deletePod({ namespace, name, uid }, signal),
  );
  if (done === 'gone') throw refuse('pod-is-gone', { pod: label });
  showBriefly(l10n.t('Pod {0} is being deleted: its StatefulSet makes it anew.', { 0: label }), SAID_MS);
}

async function reached({ subject }: Operation, { ports }: LogDeps) {
  const { connectionId, path } = subject;
  const [cluster, namespace, workload] = path;
  const named = workloadNamed(workload ?? '');
  if (cluster === undefined || namespace === undefined || named === undefined)
    throw refuseDeployment('operation-unreadable', { what: 'plan' });
  const connection = connectionFromId(connectionId);
  if (connection === undefined) throw refuse('no-such-connection', { connection: connectionId });
  const workloads: Workloads = (await ports(connection)).workloads(cluster);
  const read = async ({ name, uid }: HoldingPod, signal: AbortSignal): Promise<PodToDelete> => {
    const [arn, found] = await Promise.all([
      workloads.arn(signal),
      workloads.read({ namespace, ...named }, signal),
    ]);
    const pod = (await workloads.pods(found, signal)).find((one) => one.uid === uid);
    if (pod === undefined || pod.deletedAt !== undefined)
      throw refuse('pod-is-gone', { pod: `${namespace}/${name}` });
    return { pod, command: kubectl(arn, '--namespace', namespace, 'delete', 'pod', name) };
  };
  return { workloads, namespace, read };
}

function reviewStep(
  { pod, command }: PodToDelete,
  workload: string,
): WizardStep<object, { readonly deed: Deed }> {
  const trouble = podTroubleOf(pod);
  return question(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<Deed>(heading, {
        placeholder: trouble
          ? podTroubleWords(trouble)
          : l10n.t('Nothing is wrong with pod {0} any more that could be seen.', { 0: pod.name }),
        choices: [
          {
            value: 'logs',
            label: l10n.t('Show logs first'),
            detail: l10n.t('Nothing is deleted.'),
            icon: 'output',
          },
          {
            value: 'delete',
            label: l10n.t('Delete the pod'),
            // The loss is named first, since a narrow window cuts off the end of the row.
            detail: l10n.t(
              'What it holds in memory is lost; its volumes stay. {0} makes it anew with the code that is set now, and the rollout goes on. The same as: {1}',
              { 0: workload, 1: command },
            ),
            icon: 'trash',
          },
        ],
      }),
      (deed) => ({ deed }),
    ),
  );
}
