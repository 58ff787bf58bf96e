/** Why a deployment ended as it did, where no failure says it. */
import type { Outcome } from '../../operations/operation';
import type { Translate } from './translate';

/** Undefined where the state says it all. */
export function codeOutcomeWords({ state, facts = {} }: Outcome, t: Translate): string | undefined {
  if (state === 'unknown') {
    const status = facts['status'];
    const shown = typeof status === 'string' ? t(' The cluster was {0}.', { 0: status }) : '';
    return (
      t('No answer to the request came, and what FinSpace shows does not tell whether it was carried out.') +
      shown +
      t(' Compare the configuration of the cluster with the request before you deploy again.')
    );
  }
  if (state === 'cancelled' && facts['reason'] === 'interrupted') {
    return t('VS Code ended before anything was sent.');
  }
  return undefined;
}
