/** The steps in front of everything about a cluster's deployments: which cluster, and what is known of them. */
import * as l10n from '@vscode/l10n';
import type { Operation } from '../../../operations/operation';
import { wizard } from '../../../view/wizard/wizard';
import { reading, type WizardStep } from '../../../view/wizard/wizard-steps';
import { kdbClusterSteps, type PickedKdbCluster } from '../../pick';
import type { CompareDeps } from '../compare';
import { type ClusterHistory, readHistory } from './cluster-history';

export interface HistoryDeps extends CompareDeps {
  readonly showOperation: (operation: Operation) => Promise<void>;
}

export interface HistoryAnswers extends PickedKdbCluster {
  readonly history: ClusterHistory;
}

export function historySteps(
  deps: HistoryDeps,
  known: Partial<PickedKdbCluster>,
): WizardStep<object, HistoryAnswers> {
  return wizard()
    .and(kdbClusterSteps(deps, known))
    .and(
      reading(l10n.t('Reading the deployments of this cluster…'), async (picked, signal) => ({
        history: await readHistory(picked, deps, signal),
      })),
    );
}
