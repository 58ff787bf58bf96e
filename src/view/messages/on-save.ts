/** The state of deploy on save in words, and the messages of deploy on save. */
import * as l10n from '@vscode/l10n';
import type { PauseReason, SaveState } from '../../deploy/on-save/save-state';
import type { Check } from '../../deploy/plan/all-checks';
import { checkWords } from './deploy-checks';

export type SaveAppearance =
  | 'deploying'
  | 'paused'
  | 'failed'
  | 'blocked'
  | 'waiting'
  | 'ok'
  | 'idle'
  | 'off';

/**
 * Sorted by importance, the most important state first. The status bar item stands for several targets, and
 * shows the most important of their states.
 */
const ORDER: readonly SaveAppearance[] = [
  'deploying',
  'paused',
  'failed',
  'blocked',
  'waiting',
  'ok',
  'idle',
  'off',
];

export function saveAppearance(states: readonly SaveState[]): SaveAppearance | undefined {
  const appearances = states.map(appearanceOf);
  return ORDER.find((one) => appearances.includes(one));
}

function appearanceOf(state: SaveState): SaveAppearance {
  const { on, running, paused, changed, awaitsSave, trouble, lastWentWell } = state;
  if (running) return 'deploying';
  if (!on) return 'off';
  if (paused !== undefined) return 'paused';
  if (changed.size > 0 && !awaitsSave) return 'waiting';
  if (trouble !== undefined) return trouble.kind;
  return lastWentWell ? 'ok' : 'idle';
}

/** How the status bar shows a state of deploy on save. `icon`: a product icon's name. */
export function saveAppearanceWords(appearance: SaveAppearance): {
  readonly icon: string;
  readonly words: string;
} {
  switch (appearance) {
    case 'deploying':
      return { icon: 'sync~spin', words: l10n.t('On save: deploying') };
    case 'paused':
      return { icon: 'debug-pause', words: l10n.t('On save: paused') };
    case 'failed':
      return { icon: 'error', words: l10n.t('On save: failed') };
    case 'blocked':
      return { icon: 'warning', words: l10n.t('On save: not deployed') };
    case 'waiting':
      return { icon: 'watch', words: l10n.t('On save: waiting') };
    case 'ok':
      return { icon: 'check', words: l10n.t('On save: deployed') };
    case 'idle':
      return { icon: 'rocket', words: l10n.t('On save: ready') };
    case 'off':
      return { icon: 'circle-slash', words: l10n.t('On save: off') };
  }
}

/**
 * Says why deploy on save has paused.
 * @param limit how many files may change at once.
 * @param why the reason why the last deployment was blocked or failed; empty if that deployment was neither
 * blocked nor failed, or if no reason is known.
 */
export function pausedWords(
  reason: PauseReason,
  { target, limit, why }: { readonly target: string; readonly limit: number; readonly why: string },
): string {
  switch (reason) {
    case 'failures':
      return l10n.t('Deploy on save to {0} has paused after three failures in a row. {1}', {
        0: target,
        1: why,
      });
    case 'burst':
      return l10n.t(
        'Deploy on save to {0} has paused: more than {1} files changed at once. None of them was deployed.',
        {
          0: target,
          1: limit,
        },
      );
    case 'head-changed':
      return l10n.t('Deploy on save to {0} has paused: another branch or commit was checked out.', {
        0: target,
      });
    case 'changed-by-others':
      return l10n.t('Deploy on save to {0} has paused, since somebody else changed what it deploys to. {1}', {
        0: target,
        1: why,
      });
  }
}

/** The most places with secrets that a notification names. */
const NAMED = 3;

/** Says why a save is not deployed. @param checks the checks that stop the deployment */
export function blockedWords(checks: readonly Check[]): string {
  return checks.map((check) => stoppedBy(check)).join(' ');
}

function stoppedBy(check: Check): string {
  if ('kind' in check || check.code !== 'secrets.found') return checkWords(check);
  const { places, count } = check.facts;
  const found = checkWords({ ...check, facts: { places: places.slice(0, NAMED), count } });
  const wayOut = l10n.t(
    'A save uploads no secret: take it out, leave the file out with a line in .slipwayignore, or, if it is none, write slipway:allow-secret into its line or deploy by hand.',
  );
  return `${found} ${wayOut}`;
}
