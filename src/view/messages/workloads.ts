/** Words for the rows of workloads. */
import * as l10n from '@vscode/l10n';
import type { PodTrouble } from '../../model/pod-trouble';
import { carriesCode } from '../../model/seen-workload';
import { ANNOTATION, type Workload } from '../../model/workload';
import type { WorkloadState } from '../../model/workload-state';

/** `rolling 2 of 3`, `failing: CrashLoopBackOff`. */
export function workloadStateWords(state: WorkloadState): string {
  switch (state.code) {
    case 'running':
      return l10n.t('running');
    case 'stopped':
      return l10n.t('stopped');
    case 'rolling':
      return l10n.t('rolling {0} of {1}', { 0: state.updated, 1: state.wanted });
    case 'unready':
      return l10n.t('{0} of {1} ready', { 0: state.ready, 1: state.wanted });
    case 'held-back':
      return l10n.t('{0} of {1} updated', { 0: state.updated, 1: state.wanted });
    case 'paused':
      return l10n.t('paused');
    case 'failing':
      return l10n.t('failing: {0}', { 0: state.reason });
    case 'leaving':
      return l10n.t('being deleted');
  }
}

/** A sentence of explanation, where the words of the row are not enough; else undefined. */
export function workloadStateDetail(state: WorkloadState): string | undefined {
  switch (state.code) {
    case 'held-back':
      return l10n.t(
        'The other pods keep what they run until somebody deletes them, or lowers the partition of the StatefulSet.',
      );
    case 'paused':
      return l10n.t('Its rollout waits for somebody to resume it.');
    case 'failing': {
      const { pod, reason } = state;
      return pod === undefined ? undefined : podTroubleWords({ ...state, pod, reason });
    }
    default:
      return undefined;
  }
}

/** `Pod hdb-2, container q: CrashLoopBackOff, its last run ended with exit code 1`. */
export function podTroubleWords({ pod, container, reason, exitCode }: PodTrouble): string {
  if (container === undefined) return l10n.t('Pod {0}: {1}', { 0: pod, 1: reason });
  return exitCode === undefined
    ? l10n.t('Pod {0}, container {1}: {2}', { 0: pod, 1: container, 2: reason })
    : l10n.t('Pod {0}, container {1}: {2}, its last run ended with exit code {3}', {
        0: pod,
        1: container,
        2: reason,
        3: exitCode,
      });
}

/**
 * The commit of the workload's code, or else the first characters of the code's digest, or else words which
 * say that the workload has no code.
 */
export function codeWords(workload: Workload, commit: string | undefined): string {
  if (commit !== undefined) return commit;
  const digest = workload.annotations[ANNOTATION.digest];
  if (digest) return digest.slice(0, 8);
  return carriesCode(workload) ? l10n.t('no code set') : l10n.t('not set up for code');
}

/** `3/3 ready`. */
export function readyWords({ replicas, rollout }: Workload): string {
  return l10n.t('{0}/{1} ready', { 0: rollout.ready, 1: replicas });
}
