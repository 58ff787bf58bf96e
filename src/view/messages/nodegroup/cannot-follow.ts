/** Words for a node group that cannot follow its control plane, because its AMI family ends with an earlier version. */
import * as l10n from '@vscode/l10n';
import type { AmiFamily, CannotFollow } from '../../../nodegroup/rules/ami';

/** `cannot follow: AL2 ends with 1.32`. */
export function cannotFollowWords({
  family,
  lastVersion,
}: Pick<CannotFollow, 'family' | 'lastVersion'>): string {
  return l10n.t('cannot follow: {family} ends with {lastVersion}', {
    family: familyWords(family),
    lastVersion,
  });
}

/** `AL2 ends with 1.32`. */
export function endOfFamilyWords({
  family,
  lastVersion,
}: Pick<CannotFollow, 'family' | 'lastVersion'>): string {
  return l10n.t('{family} ends with {lastVersion}', { family: familyWords(family), lastVersion });
}

function familyWords(family: AmiFamily): string {
  switch (family) {
    case 'al2':
      return 'AL2';
    case 'al2023':
      return 'AL2023';
    case 'bottlerocket':
      return 'Bottlerocket';
    case 'windows':
      return 'Windows';
    case 'custom':
      return l10n.t('own AMI');
  }
}
