/** The first steps of every command about a target's deployments: choose the target, and read its known deployments. */
import * as l10n from '@vscode/l10n';
import type { Operation } from '../../../operations/operation';
import { wizard } from '../../../view/wizard/wizard';
import { reading, type WizardStep } from '../../../view/wizard/wizard-steps';
import type { CompareDeps } from '../compare';
import { type KnownTarget, type PickedTarget, targetSteps } from '../picked-target';
import { type ClusterHistory, readHistory } from './cluster-history';

export interface HistoryDeps extends CompareDeps {
  readonly showOperation: (operation: Operation) => Promise<void>;
}

export interface HistoryAnswers extends PickedTarget {
  readonly history: ClusterHistory;
}

export function historySteps(deps: HistoryDeps, known: KnownTarget): WizardStep<object, HistoryAnswers> {
  return wizard()
    .and(targetSteps(deps, known))
    .and(
      reading(l10n.t('Reading what was deployed there…'), async (picked, signal) => ({
        history: await readHistory(picked, deps, signal),
      })),
    );
}
