/** The remedies for the findings of a deployment plan, in words, and the rows of its table of checks. */
import * as l10n from '@vscode/l10n';
import type { Remedy } from '../../deploy/checks/check';
import type { Check } from '../../deploy/plan/all-checks';
import { present } from '../../model/present';
import { checkTitle, checkWords } from './deploy-checks';
import { wordsOf } from './target-kinds';
import type { CheckRow } from './verdicts';

/** The row of the check in a table of checks. */
export function checkRow(check: Check): CheckRow {
  const helps = checkRemedyWords(check);
  return {
    verdict: check.verdict,
    title: checkTitle(check),
    finding: checkWords(check),
    ...present({ helps }),
  };
}

/** The remedy for the check's finding, in words; undefined where the finding has none. */
export function checkRemedyWords(check: Check): string | undefined {
  if ('kind' in check) return check.remedy && wordsOf(check.kind).remedy(check.remedy);
  return check.remedy && remedyWords(check.remedy);
}

function remedyWords(remedy: Remedy): string {
  switch (remedy) {
    case 'accept-drift':
      return l10n.t('Look at the difference, then agree to replace it, or leave.');
    case 'add-files':
      return l10n.t('Add the files, or bring them back with a "!" line in .slipwayignore.');
    case 'block-public-access':
      return l10n.t('Block public access in the settings of the bucket.');
    case 'change-name':
      return l10n.t('Change the name.');
    case 'choose-bucket':
      return l10n.t('Choose a bucket in that region.');
    case 'choose-folder':
      return l10n.t('Choose another folder, or look at what is left out.');
    case 'choose-script':
      return l10n.t('Choose a script that is in the zip, or none.');
    case 'choose-zip':
      return l10n.t('Choose another zip.');
    case 'commit':
      return l10n.t('Commit first, so that others can see what runs.');
    case 'edit-arguments':
      return l10n.t('Edit the arguments.');
    case 'enable-versioning':
      return l10n.t('Enable versioning on the bucket.');
    case 'keep-arguments':
      return l10n.t('Keep them, unless you mean it.');
    case 'leave-out':
      return l10n.t('Leave the files out with a line in .slipwayignore.');
    case 'switch-account':
      return l10n.t('Choose a connection of that account.');
    case 'type-name':
      return l10n.t('Type the name that is asked for before it is deployed.');
    case 'use-rolling':
      return l10n.t('Choose ROLLING.');
  }
}
