/** What a deployment changes, in a few words. */
import * as l10n from '@vscode/l10n';
import type { ConfigurationPart } from '../../deploy/configuration';
import type { Changes } from '../../deploy/plan/changes';
import { filesWords } from './counts';

/** Names the parts of a configuration, for a finding or a refusal: `code, initialization script`. */
export function partsWords(parts: readonly ConfigurationPart[]): string {
  return parts.map((part) => partWords(part)).join(', ');
}

function partWords(part: ConfigurationPart): string {
  switch (part) {
    case 'code':
      return l10n.t('code');
    case 'script':
      return l10n.t('initialization script');
    case 'arguments':
      return l10n.t('command-line arguments');
  }
}

/** How many files a deployment adds, changes and removes, or why that is not known, in a few words. */
export function changesWords(changes: Changes): string {
  switch (changes.kind) {
    case 'known':
      return l10n.t('{0} added, {1} changed, {2} removed', {
        0: changes.added.length,
        1: changes.changed.length,
        2: changes.removed.length,
      });
    case 'first':
      return l10n.t('{0}, the first code there', { 0: filesWords(changes.files) });
    case 'not-compared':
      return l10n.t('not compared with what is deployed');
    case 'unreadable':
      return changes.zip === 'next'
        ? l10n.t('the zip to deploy could not be read')
        : l10n.t('what is deployed could not be read');
  }
}
