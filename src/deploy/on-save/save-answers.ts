/** What a user can do about news of deploy on save. */
import { type PauseReason, type SaveNews, type SaveState, UNSAVED } from './save-state';

export type SaveAnswer = 'deploy-now' | 'only-resume' | 'show-details' | 'show-problems' | 'confirm-target';

/** The user has not agreed to this target on this machine. */
export const NOT_CONFIRMED = 'not-confirmed';
const TASK_FAILED = 'task-failed';
/** Pauses after a deployment that did not go well, which can be looked at. */
const FAILED: ReadonlySet<PauseReason> = new Set(['failures', 'changed-by-others']);

/** What there is to be told again as long as it stands so. */
export function standing({ on, paused, trouble, changed }: SaveState): SaveNews | undefined {
  if (!on) return undefined;
  if (paused !== undefined) return { kind: 'paused', reason: paused, files: changed.size };
  return trouble && { kind: 'trouble', code: trouble.code };
}

/** What sends comes last: a notification offers its first button to whoever only presses Enter. */
export function answersTo(news: SaveNews, { on }: Pick<SaveState, 'on'>): readonly SaveAnswer[] {
  switch (news.kind) {
    case 'paused':
      return [...(FAILED.has(news.reason) ? (['show-details'] as const) : []), 'only-resume', 'deploy-now'];
    case 'not-deployed':
      // Switched off it begins nothing, whoever asks.
      return on ? ['deploy-now'] : [];
    case 'trouble':
      if (news.code === NOT_CONFIRMED) return ['confirm-target'];
      if (news.code === UNSAVED) return on ? ['deploy-now'] : [];
      return [news.code === TASK_FAILED ? 'show-problems' : 'show-details'];
  }
}
