/** Why an answer of AWS, or a fact about a node group or its cluster, is not known, in words. */
import * as l10n from '@vscode/l10n';
import type { Unknown } from '../../nodegroup/rules/unknown';
import type { ReadFailure } from '../../plan/optional-read';
import { failureWords } from './failure';
import { permissionsWords } from './requests';

/** Says why the answer is not known, such as the permission that is missing, in a sentence or two. */
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

/** Says why a fact is not known. If permissions are missing, the words name their IAM actions. */
export function unknownWords(why: Unknown): string {
  switch (why.code) {
    case 'not-permitted':
      return why.actions.length === 1
        ? l10n.t('Not known: you lack the permission {action}.', { action: why.actions[0] })
        : l10n.t('Not known: you lack the permissions {actions}.', { actions: why.actions.join(', ') });
    case 'unanswered':
      return l10n.t('Not known: {failure}', { failure: failureWords(why.failure) });
    case 'windows-image-id-only':
      return l10n.t('Not known: for Windows AWS publishes an image id, and no release version.');
    case 'custom-ami':
      return l10n.t('Not known: the image is your own, so AWS publishes no releases of it.');
    case 'unlisted-ami-type':
      return l10n.t(
        'Not known: Slipway does not know where AWS publishes releases of the AMI type {amiType}.',
        {
          amiType: why.amiType,
        },
      );
    case 'not-published':
      return l10n.t('AWS publishes no such release (SSM parameter {parameter}).', {
        parameter: why.parameter,
      });
    case 'not-comparable':
      return l10n.t('Not known: which of {release} and {newest} is newer cannot be told from their names.', {
        release: why.release,
        newest: why.newest,
      });
    case 'not-all-read':
      return l10n.t('Not known: none of those that were read, and EKS lists {count} more.', {
        count: why.notRead,
      });
    case 'list-endless':
      return l10n.t(
        'Not known: the list of AWS does not end, and reading it was stopped after {count} pages.',
        {
          count: why.pages,
        },
      );
    case 'no-version':
      return l10n.t('Not known: EKS shows no Kubernetes version for this node group.');
  }
}
