/** The questions that are asked before a deployment overrides a check. */
import * as l10n from '@vscode/l10n';
import type { Check, CommonCheck } from '../../deploy/plan/all-checks';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { partsWords } from './deploy';
import { checkWords } from './deploy-checks';
import { wordsOf } from './target-kinds';

/**
 * Says what the user accepts by overriding the check. To override it, the user types a name or clicks a
 * button.
 */
export function confirmWords(check: Check, { subject: { path, label } }: DeploymentPlan): string {
  return 'kind' in check
    ? wordsOf(check.kind).confirm(check, label)
    : commonWords(check, path.at(-1) ?? label, label);
}

function commonWords(check: CommonCheck, name: string, label: string): string {
  switch (check.code) {
    case 'protection.own':
      return l10n.t('The target is protected. Type its name to go on.');
    case 'protection.by-target':
      return l10n.t('The target {0} protects {1}. Type the name of the target to go on.', {
        0: check.facts.name,
        1: name,
      });
    case 'protection.hidden':
      return l10n.t(
        'A mistake in slipway.json hides whether {0} is protected. Type the name of the cluster to go on.',
        { 0: name },
      );
    case 'drift.changed':
      return l10n.t(
        '{0} changed on {1}, by somebody else, and is going to be lost. Type the name of the cluster to go on.',
        { 0: partsWords(check.facts.parts), 1: label },
      );
    default:
      return checkWords(check);
  }
}
