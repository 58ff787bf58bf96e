/** The steps in front of everything about a cluster's deployments: which cluster, and what is known of them. */
import * as l10n from '@vscode/l10n';
import type { Operation } from '../../../operations/operation';
import type { WizardStep } from '../../../view/wizard/wizard';
import { connectionStep, kdbClusterSteps, type PickedKdbCluster } from '../../pick';
import type { CompareDeps } from '../compare';
import { type ClusterHistory, readHistory } from './cluster-history';

export interface HistoryDeps extends CompareDeps {
  readonly showOperation: (operation: Operation) => Promise<void>;
}

export interface HistoryAnswers extends PickedKdbCluster {
  readonly history: ClusterHistory;
}

export function historySteps<S extends HistoryAnswers>(deps: HistoryDeps): readonly WizardStep<S>[] {
  return [
    connectionStep<S>(deps.store),
    ...kdbClusterSteps<S>(deps.ports),
    {
      key: 'history',
      words: l10n.t('Reading the deployments of this cluster…'),
      read: async (state, signal) =>
        // The steps before have answered which cluster.
        ({ history: await readHistory(state as PickedKdbCluster, deps, signal) }) as Partial<S>,
    },
  ];
}
