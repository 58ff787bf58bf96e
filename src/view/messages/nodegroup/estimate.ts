/** How long the update of a node group will still take, in words. */
import * as l10n from '@vscode/l10n';
import type { Remaining } from '../../../nodegroup/follow/remaining';
import type { Range } from '../../../nodegroup/rules/rollout-estimate';
import { rangeWords } from '../counts';

/** What the plan said about the update. */
export interface PlannedUpdate {
  /** Minutes that it expected. */
  readonly minutes: Range;
  readonly force: boolean;
}

/**
 * `about 15 to 74 min left`: the wording says that this is an estimate. If the update takes longer than
 * expected, or stands still, a sentence says so instead.
 */
export function estimateWords(remaining: Remaining, { minutes: planned, force }: PlannedUpdate): string {
  if (remaining.by === 'slower') return l10n.t('what goes on now takes longer than what came before');
  if (remaining.by === 'held') return heldWords(remaining.minutes, force);
  if (remaining.by === 'none-joined') return l10n.t('time left unknown while no new node joins');
  if (remaining.by === 'plan' && remaining.most <= 0)
    return l10n.t('longer than the {most} min that the plan expected', { most: planned.most });
  const words = leftWords(remaining);
  return remaining.by === 'pace' ? l10n.t('{0}, at the pace so far', { 0: words }) : words;
}

/** The estimate in a few words, for a row and the status bar; undefined where no estimate is possible. */
export function shortEstimateWords(remaining: Remaining): string | undefined {
  if (remaining.by !== 'plan' && remaining.by !== 'pace') return undefined;
  return remaining.by === 'plan' && remaining.most <= 0
    ? l10n.t('longer than planned')
    : leftWords(remaining);
}

function heldWords(minutes: number, force: boolean): string {
  return force
    ? l10n.t('time left unknown while pods are held: after {minutes} min at a node they are ended with it', {
        minutes,
      })
    : l10n.t('time left unknown while pods are held: after {minutes} min at a node the update fails', {
        minutes,
      });
}

function leftWords(remaining: Range): string {
  const least = Math.round(remaining.least);
  const most = Math.max(1, Math.round(remaining.most));
  return least > 0
    ? l10n.t('about {range} min left', { range: rangeWords({ least, most }) })
    : l10n.t('at most about {most} min left', { most });
}
