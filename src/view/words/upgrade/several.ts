/** Why node groups are left out of an update of several, or may be, in words. */
import type { NotPlanned } from '../../../upgrade/several/plan';
import { failureWords } from '../failure';
import type { Translate } from '../translate';
import { cannotFollowWords } from './cannot-follow';
import { choiceWords } from './choices';

export function notPlannedWords(why: NotPlanned, t: Translate): string {
  switch (why.code) {
    case 'not-readable':
      return failureWords(why.failure, t, []);
    case 'nothing-to-choose':
      return t(
        'Nothing valid to update to: no Kubernetes version that fits is offered, or the versions of its launch template could not be read.',
      );
    case 'cannot-follow':
      return t('Behind, and {words}. The control plane runs {controlPlane}.', {
        words: cannotFollowWords(why.facts, t),
        controlPlane: why.facts.controlPlane,
      });
    case 'up-to-date':
      return t('Up to date: it has this version and release already.');
    case 'newest-of-its-version':
      return t(
        'It has the newest AMI release for Kubernetes {version} already. The control plane runs {controlPlane}.',
        { version: why.version, controlPlane: why.controlPlane },
      );
    case 'newest-template':
      return t(
        'Its launch template is at the newest version that names an AMI. Whether that AMI is outdated is not known.',
      );
    case 'not-valid':
      return why.problems.map((problem) => choiceWords(problem, t)).join(' ');
  }
}

/** How many node groups wait for a confirmation. `checks`: because of which checks, as a list of their titles. */
export function confirmationWords(count: number, checks: string, t: Translate): string {
  return count === 1
    ? t('1 node group needs your confirmation: {checks}', { checks })
    : t('{count} node groups need your confirmation: {checks}', { count, checks });
}

/** What keeps a planned node group out of an update of several. `checks`: a list of their titles. */
export function leftOutWords(kind: 'ask' | 'stop', checks: string, t: Translate): string {
  return kind === 'ask'
    ? t('Needs your confirmation: {checks}', { checks })
    : t('Blocked by: {checks}', { checks });
}
