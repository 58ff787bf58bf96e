/** Verdicts as users see them: each verdict has the same icon, heading and word wherever it is shown. */
import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../plan/verdict';

/** Product icon for a row with the verdict. */
export const VERDICT_ICONS: { readonly [V in Verdict]: string } = {
  block: 'error',
  confirm: 'alert',
  warn: 'warning',
  unknown: 'question',
  pass: 'pass',
};

/** Heading of the rows with the same verdict. */
export function verdictHeading(verdict: Verdict): string {
  switch (verdict) {
    case 'block':
      return l10n.t('Blocks');
    case 'confirm':
      return l10n.t('Needs your confirmation');
    case 'warn':
      return l10n.t('Warnings');
    case 'unknown':
      return l10n.t('Unknown');
    case 'pass':
      return l10n.t('Checks that passed');
  }
}

/** `19 checks passed`. */
export function passedWords(count: number): string {
  return count === 1 ? l10n.t('1 check passed') : l10n.t('{0} checks passed', { 0: count });
}

/** The verdict as one word, shown beside its icon. */
export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'pass':
      return l10n.t('passed');
    case 'warn':
      return l10n.t('Warning');
    case 'block':
      return l10n.t('Blocks');
    case 'confirm':
      return l10n.t('To confirm');
    case 'unknown':
      return l10n.t('Unknown');
  }
}

/** A check and its finding, in words. */
export interface CheckRow {
  readonly verdict: Verdict;
  /** The subject of the check: `Bucket policy`. */
  readonly title: string;
  readonly finding: string;
  /** The remedy, where the finding itself does not name it. */
  readonly helps?: string;
}
