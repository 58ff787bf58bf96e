/** Why a node group is left out of an update of several, in words. */
import type { NotPlanned } from '../../../upgrade/several/plan';
import { failureWords } from '../failure';
import type { Translate } from '../translate';
import { choiceWords } from './choices';

export function notPlannedWords(why: NotPlanned, t: Translate): string {
  switch (why.code) {
    case 'not-readable':
      return failureWords(why.failure, t, []);
    case 'nothing-to-choose':
      return t(
        'Nothing valid to update to: no Kubernetes version that fits is offered, or the versions of its launch template could not be read.',
      );
    case 'up-to-date':
      return t('Up to date: it has this version and release already.');
    case 'not-valid':
      return why.problems.map((problem) => choiceWords(problem, t)).join(' ');
  }
}
