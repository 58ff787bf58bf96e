/** Updates of several node groups in words: what each changes, and why some are left out. */
import * as l10n from '@vscode/l10n';
import type { NodegroupPlan } from '../../../nodegroup/plan/plan';
import type { NotPlanned } from '../../../nodegroup/several/plan';
import { failureWords } from '../failure';
import { cannotFollowWords } from './cannot-follow';
import { choiceWords } from './choices';

export function notPlannedWords(why: NotPlanned): string {
  switch (why.code) {
    case 'not-readable':
      return failureWords(why.failure);
    case 'nothing-to-choose':
      return l10n.t(
        'Nothing valid to update to: no Kubernetes version that fits is offered, or the versions of its launch template could not be read.',
      );
    case 'cannot-follow':
      return l10n.t('Behind, and {words}. The control plane runs {controlPlane}.', {
        words: cannotFollowWords(why.facts),
        controlPlane: why.facts.controlPlane,
      });
    case 'up-to-date':
      return l10n.t('Up to date: it has this version and release already.');
    case 'newest-of-its-version':
      return l10n.t(
        'It has the newest AMI release for Kubernetes {version} already. The control plane runs {controlPlane}.',
        { version: why.version, controlPlane: why.controlPlane },
      );
    case 'newest-template':
      return l10n.t(
        'Its launch template is at the newest version that names an AMI. Whether that AMI is outdated is not known.',
      );
    case 'not-valid':
      return why.problems.map((problem) => choiceWords(problem)).join(' ');
  }
}

/** How many node groups wait for a confirmation. `checks`: the titles of the checks that require it. */
export function confirmationWords(count: number, checks: string): string {
  return count === 1
    ? l10n.t('1 node group needs your confirmation: {checks}', { checks })
    : l10n.t('{count} node groups need your confirmation: {checks}', { count, checks });
}

/**
 * Why an update of several node groups leaves out a planned node group. `checks`: the titles of the checks
 * that are the reason, in one text.
 */
export function leftOutWords(kind: 'ask' | 'stop', checks: string): string {
  return kind === 'ask'
    ? l10n.t('Needs your confirmation: {checks}', { checks })
    : l10n.t('Blocked by: {checks}', { checks });
}

/**
 * The changes of Kubernetes version, AMI release and launch template version: `1.32 → 1.33`. A version that
 * stays, or that AWS chooses only later, is left out.
 */
export function updateChanges({ before, after }: Pick<NodegroupPlan, 'before' | 'after'>): string {
  return [
    change(before.version, after.version),
    change(before.releaseVersion, after.releaseVersion),
    change(before.templateVersion, after.templateVersion?.toString()),
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
}

/** `1.32 → 1.33`; undefined if `after` is absent or the same as `before`. */
function change(before: string | undefined, after: string | undefined): string | undefined {
  return after === undefined || after === before ? undefined : `${before ?? '?'} → ${after}`;
}
