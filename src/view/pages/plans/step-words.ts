/** The label of the button that leads back to a question of the wizard. */
import * as l10n from '@vscode/l10n';
import type { StepName } from '../../wizard/wizard-steps';

export function stepWords(step: StepName): string {
  switch (step) {
    case 'connection':
      return l10n.t('Choose Another Connection…');
    case 'source':
      return l10n.t('Choose What to Deploy…');
    case 'bucket':
      return l10n.t('Choose a Bucket…');
    case 'order':
      return l10n.t('Change the Order…');
    case 'zip':
      return l10n.t('Choose a Zip…');
    case 'prefix':
      return l10n.t('Change the Folder in the Bucket…');
    case 'strategy':
      return l10n.t('Choose a Strategy…');
    case 'script':
      return l10n.t('Choose a Script…');
    case 'arguments':
      return l10n.t('Edit the Arguments…');
    case 'template':
      return l10n.t('Choose a Template Version…');
    case 'version':
      return l10n.t('Choose a Version…');
    case 'release':
      return l10n.t('Choose a Release…');
    case 'force':
      return l10n.t('Choose How Pods Move…');
    case 'amount':
      return l10n.t('Change the Number of Nodes…');
  }
}
