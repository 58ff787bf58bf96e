/** The words that apply only to deployments to Kubernetes workloads. */
import * as l10n from '@vscode/l10n';
import type { WorkloadRemedy } from '../../deploy/kubernetes/checks/check';
import type { WorkloadCheck } from '../../deploy/kubernetes/checks/own-checks';
import type { Impossible, WorkloadStrategy } from '../../deploy/kubernetes/strategies';
import type { OwnCheck } from '../../deploy/port/deploy-target';
import type { Facts } from '../../model/json';
import type { KindWords, StrategyWords } from './kind-words';
import { CHECK_SENTENCES, CHECK_TITLES, impossibleWords, remedyWords } from './kubernetes-target-checks';
import { say } from './sentences';

const STRATEGIES: { readonly [Id in WorkloadStrategy]: () => StrategyWords } = {
  NO_RESTART: () => ({
    icon: 'debug-continue',
    detail: l10n.t('Running pods stay as they are. Each takes the code when it is next replaced.'),
  }),
  CANARY: () => ({
    icon: 'beaker',
    detail: l10n.t(
      'One pod is replaced and proves the code. The others wait for your click, and then go one after the other.',
    ),
  }),
  ROLLING: () => ({
    icon: 'sync',
    detail: l10n.t('The workload replaces its pods, as its owner has set it up.'),
  }),
  FORCE: () => ({
    icon: 'zap',
    detail: l10n.t(
      'All pods are deleted at once, and come back with the code: the workload is away in between.',
    ),
  }),
};

function unknownEndWords(facts: Facts): string {
  switch (facts['why']) {
    case 'no-proof': {
      const { silent } = facts;
      const pods = Array.isArray(silent) ? silent.join(', ') : '';
      return l10n.t(
        'These pods were replaced and are ready, and do not say which code they have loaded: {0}. The init container that fetches the code proves it; it is missing, or another one.',
        { 0: pods },
      );
    }
    case 'not-found':
      return l10n.t(
        'For five minutes the cluster has not found the workload: it was deleted, or the cluster is another one by now.',
      );
    case 'changed-since':
      return l10n.t(
        'No answer to the request came, and somebody has changed the workload since. Compare it with the request before you deploy again.',
      );
    default:
      return l10n.t(
        'No answer to the request came, and what the cluster shows does not tell whether it was carried out.',
      );
  }
}

function confirmWords(check: OwnCheck, label: string): string {
  return check.id === 'owners'
    ? l10n.t(
        'The annotations of {0} belong to somebody else. Type the name of the workload to take them over.',
        {
          0: label,
        },
      )
    : l10n.t('FORCE deletes all pods of {0} at once. Type the name of the workload to go on.', { 0: label });
}

/**
 * The type casts are safe, since only checks, strategies, reasons and remedies of this kind of target are
 * passed in.
 */
export const kubernetesTargetWords: KindWords = {
  strategyQuestion: () => l10n.t('Choose how the pods take the code'),
  strategy: (id) => STRATEGIES[id as WorkloadStrategy](),
  impossible: (strategy, why) => impossibleWords(strategy, why as Impossible),
  automatic: () => ({
    label: l10n.t('What each workload allows'),
    detail: l10n.t('NO_RESTART where pods are replaced only when they are deleted, ROLLING on all others'),
  }),
  unknownEnd: unknownEndWords,
  checkTitle: (check) => CHECK_TITLES[check.id as WorkloadCheck['id']](),
  check: (check: OwnCheck) => say(CHECK_SENTENCES, check as WorkloadCheck & OwnCheck),
  confirm: confirmWords,
  remedy: (remedy) => remedyWords(remedy as WorkloadRemedy),
};
