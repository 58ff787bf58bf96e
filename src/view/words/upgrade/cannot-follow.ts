/** That a node group stays behind its control plane whatever is done, the same words wherever it shows. */
import type { AmiFamily, CannotFollow } from '../../../upgrade/ami';
import type { Translate } from '../translate';

/** `cannot follow: AL2 ends with 1.32`. */
export function cannotFollowWords(
  { family, lastVersion }: Pick<CannotFollow, 'family' | 'lastVersion'>,
  t: Translate,
): string {
  return t('cannot follow: {family} ends with {lastVersion}', {
    family: familyWords(family, t),
    lastVersion,
  });
}

function familyWords(family: AmiFamily, t: Translate): string {
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
      return t('own AMI');
  }
}
