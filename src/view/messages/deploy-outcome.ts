/** Why a deployment ended as it did, where no failure says it. */
import * as l10n from '@vscode/l10n';
import type { Facts } from '../../model/json';
import type { Outcome } from '../../operations/operation';

/** Undefined where the state says it all. */
export function codeOutcomeWords({ state, facts = {} }: Outcome): string | undefined {
  if (state === 'unknown') {
    const status = facts['status'];
    const shown = typeof status === 'string' ? l10n.t(' The cluster was {0}.', { 0: status }) : '';
    return (
      whyUnknown(facts) +
      shown +
      l10n.t(' Compare the configuration of the cluster with the request before you deploy again.')
    );
  }
  if (state === 'cancelled' && facts['reason'] === 'interrupted') {
    return l10n.t('VS Code ended before anything was sent.');
  }
  return undefined;
}

function whyUnknown(facts: Facts): string {
  switch (facts['why']) {
    case 'never-seen':
      return l10n.t(
        'The request was answered with a yes, and for half an hour the cluster has shown no trace of an update: something between may have answered in place of AWS.',
      );
    case 'untold':
      return l10n.t(
        'The update ran, and the endpoint leaves out of its answers what would tell the configuration that was asked for from the one before.',
      );
    case 'not-found':
      return l10n.t(
        'For five minutes FinSpace has not found the cluster: it was deleted, or the endpoint or the account is another one by now.',
      );
    case 'unreadable':
      return l10n.t(
        'For half an hour no update was seen, and what answers for FinSpace does not answer as it should.',
      );
    default:
      return l10n.t(
        'No answer to the request came, and what FinSpace shows does not tell whether it was carried out.',
      );
  }
}
