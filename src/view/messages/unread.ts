/** Why something that a plan asked AWS for is not known. */
import * as l10n from '@vscode/l10n';
import type { ReadFailure } from '../../plan/optional-read';
import { failureWords } from './failure';
import { permissionsWords } from './requests';

/** What is missing, in a sentence or two. */
export function unreadWords(why: ReadFailure): string {
  switch (why.code) {
    case 'not-permitted':
      return permissionsWords(why.actions);
    case 'unanswered':
      return failureWords(why.failure);
    case 'list-endless':
      return l10n.t('The list of AWS does not end, and reading it was stopped after {0} pages.', {
        0: why.pages,
      });
  }
}
