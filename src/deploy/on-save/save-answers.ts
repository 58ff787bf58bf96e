/** The actions that the user is offered together with news of deploy on save. */
import { type PauseReason, type SaveNews, type SaveState, UNSAVED } from './save-state';

export type SaveAnswer = 'deploy-now' | 'only-resume' | 'show-details' | 'show-problems' | 'confirm-target';

/** The `code` of the outcome if the user has not agreed to the target on this machine. */
export const NOT_CONFIRMED = 'not-confirmed';
const TASK_FAILED = 'task-failed';
/** The reasons for a pause that follows a failed deployment: the deployment's details can be shown. */
const FAILED: ReadonlySet<PauseReason> = new Set(['failures', 'changed-by-others']);

/**
 * The news that still apply, for example for the menu: a pause, or that the last deployment was blocked or
 * failed.
 */
export function standing({ on, paused, trouble }: SaveState): SaveNews | undefined {
  if (!on) return undefined;
  if (paused !== undefined) return { kind: 'paused', reason: paused };
  return trouble && { kind: 'trouble', code: trouble.code };
}

/**
 * The actions to offer with the news. Those that send requests come last: Enter presses the first button of a
 * notification.
 */
export function answersTo(news: SaveNews, { on }: Pick<SaveState, 'on'>): readonly SaveAnswer[] {
  switch (news.kind) {
    case 'paused':
      return [...(FAILED.has(news.reason) ? (['show-details'] as const) : []), 'only-resume', 'deploy-now'];
    case 'not-deployed':
      // While deploy on save is switched off, no deployment begins.
      return on ? ['deploy-now'] : [];
    case 'trouble':
      if (news.code === NOT_CONFIRMED) return ['confirm-target'];
      if (news.code === UNSAVED) return on ? ['deploy-now'] : [];
      return [news.code === TASK_FAILED ? 'show-problems' : 'show-details'];
  }
}
