/** Why a workload took no code, or did not come to run it, and the way out. */
import * as l10n from '@vscode/l10n';
import type { KubernetesRefusals } from '../../../deploy/kubernetes/refusal';
import type { CodedOf } from '../../../model/coded';
import type { Sentences } from '../sentences';

export const kubernetesTargetRefusals: Sentences<CodedOf<KubernetesRefusals>> = {
  'workload-gone': (f) =>
    f.anew
      ? l10n.t('{0} was deleted and made anew: this is another workload. Plan again.', { 0: f.workload })
      : l10n.t('{0} was deleted.', { 0: f.workload }),
  'annotations-owned': (f) =>
    l10n.t(
      'The annotations of {0} belong to {1}, and the plan did not ask whether they may be taken over. Nothing was changed. Plan again.',
      { 0: f.workload, 1: f.managers.join(', ') },
    ),
  'annotations-dropped': (f) =>
    l10n.t(
      'The cluster took the request and did not keep all of it: {0}. A webhook of the cluster does that; ask whoever runs it to let the annotations of Slipway pass.',
      { 0: f.annotations.join(', ') },
    ),
  'workload-restless': (f) =>
    l10n.t(
      '{0} was changed by its controllers each of the {1} times that the request came. Nothing was changed. Deploy again when it is quiet.',
      { 0: f.workload, 1: f.times },
    ),
  'pod-fails': (f) =>
    `${podWords(f)}${f.stuck ? ` ${l10n.t('Kubernetes replaces no other pod of this StatefulSet until this one is deleted or runs, not even on the way back.')}` : ''}`,
  'rollout-late': (f) =>
    l10n.t('The rollout of {0} has made no progress for too long: {1}', { 0: f.workload, 1: f.message }),
  'pods-not-made': (f) => l10n.t('Pods of {0} cannot be made: {1}', { 0: f.workload, 1: f.message }),
};

function podWords(f: KubernetesRefusals['pod-fails']): string {
  const names = { 0: f.pod, 1: f.container ?? '', 2: f.reason, 3: f.exitCode ?? '' };
  if (f.container === undefined) return l10n.t('Pod {0} does not start: {2}.', names);
  return f.exitCode === undefined
    ? l10n.t('Pod {0} does not start: container {1}, {2}.', names)
    : l10n.t('Pod {0} does not start: container {1}, {2}, exit code {3}.', names);
}
