/**
 * The bar above the lines of a log, and the place for the lines. The page's script fills in the lines and
 * their count.
 */
import * as l10n from '@vscode/l10n';
import type { LogWords } from '../log-messages';
import { type Html, h } from './html';

/** @param name the name of the log's owner, for screen readers */
export function logHtml(name: string): Html {
  const words = logWords();
  const filter = l10n.t('Filter');
  return h(
    'section',
    { class: 'log', 'aria-label': l10n.t('Lines of {0}', { 0: name }) },
    h(
      'div',
      { class: 'log-bar' },
      h('vscode-textfield', { 'data-log': 'filter', label: filter, placeholder: filter, type: 'search' }),
      h('vscode-button', { 'data-log': 'pause', secondary: true }, words.pause),
      h('vscode-button', { 'data-log': 'end', secondary: true }, words.end),
      h('span', { 'data-log': 'count', class: 'muted' }),
      h('span', { 'data-log': 'told', class: 'only-said', role: 'status' }),
    ),
    // Screen readers do not read new lines out as they come, since there may be hundreds; the bar shows how many
    // lines there are.
    h('div', {
      'data-log': 'lines',
      class: 'lines',
      role: 'log',
      'aria-live': 'off',
      'aria-label': l10n.t('Lines'),
      tabindex: 0,
    }),
  );
}

/** Replaces each placeholder with itself: the page's script puts in the numbers later. */
const NUMBERS = { 0: '{0}', 1: '{1}' };

export function logWords(): LogWords {
  return {
    pause: l10n.t('Pause'),
    resume: l10n.t('Resume'),
    resumeNew: l10n.t('Resume (new: {0})', NUMBERS),
    end: l10n.t('Jump to End'),
    endNew: l10n.t('Jump to End (new: {0})', NUMBERS),
    lines: l10n.t('Lines: {0}', NUMBERS),
    matches: l10n.t('Matches: {0} of {1}', NUMBERS),
    noMatch: l10n.t('No line holds this text.'),
    paused: l10n.t('Paused'),
    resumed: l10n.t('Reading on'),
  };
}
