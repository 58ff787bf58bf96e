/** How grave a finding is, as users see it: one sign, icon and heading for each verdict, wherever it is shown. */
import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../plan/verdict';

/** For a page: a sign and a word, since a screen reader reads no sign. Never told by colour alone. */
export function verdictSign(verdict: Verdict): string {
  switch (verdict) {
    case 'pass':
      return `✓ ${l10n.t('passed')}`;
    case 'warn':
      return `⚠ ${l10n.t('warning')}`;
    case 'block':
      return `✗ ${l10n.t('blocks')}`;
    case 'confirm':
      return `‼ ${l10n.t('needs your confirmation')}`;
    case 'unknown':
      return `? ${l10n.t('unknown')}`;
  }
}

/** Product icon of a row in a list. */
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
