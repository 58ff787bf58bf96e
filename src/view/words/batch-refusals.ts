/** Refusals of batches, and of the commands about node groups, as sentences. */
import * as l10n from '@vscode/l10n';
import type { RefusalWords } from './failure';

export const batchRefusalWords: RefusalWords = (code, facts) => {
  switch (code) {
    case 'batch-running':
      return l10n.t('It runs already, in this window or another one.');
    case 'batch-ended':
      return l10n.t('It has ended already. Look at its details for what became of each row.');
    case 'no-row-starter':
      return l10n.t('This version of Slipway cannot begin operations of the kind {kind}.', {
        kind: String(facts['kind']),
      });
    case 'several-connections':
      return l10n.t('The selected rows belong to several connections. Select rows of one connection.');
    case 'no-update-running':
      return l10n.t('EKS shows no running update any more. Refresh the row.');
    case 'running-update-not-found':
      return l10n.t(
        'None of the updates that were read is running, and EKS lists {count} more, which were not read. Look at the node group in the AWS console.',
        { count: String(facts['notRead']) },
      );
    default:
      return undefined;
  }
};
