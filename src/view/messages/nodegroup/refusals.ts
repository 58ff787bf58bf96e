/** Why a request was not accepted, or why the end of an update is not known, in words. */
import * as l10n from '@vscode/l10n';
import type { AwsFailure } from '../../../model/failure';
import type { UnknownEnd } from '../../../nodegroup/follow/unknown-end';
import type { Remedy } from '../../../nodegroup/remedies/remedy';
import type { RequestErrorName } from '../../../nodegroup/remedies/request-errors';
import { type Sentences, say } from '../sentences';
import { awsWords, remedyWords } from './remedies';

/** Why EKS did not accept an update request: what EKS's error means, what to do, and AWS's own text. */
export function requestErrorWords(failure: AwsFailure, remedy: Remedy<RequestErrorName>): string {
  return [requestError(remedy.explains), remedyWords(remedy.remedy), awsWords(failure.message)].join(' ');
}

function requestError(name: RequestErrorName): string {
  switch (name) {
    case 'ClientException':
      return l10n.t(
        'EKS did not take the request because of who asks, or of a name in it. Nothing was changed.',
      );
    case 'InvalidParameterException':
      return l10n.t('EKS did not take a value of the request. Nothing was changed.');
    case 'InvalidRequestException':
      return l10n.t(
        'EKS does not take the request in the state that the node group or its cluster is in. Nothing was changed.',
      );
    case 'ResourceInUseException':
      return l10n.t('Another change of the node group or its cluster is under way. Nothing was changed.');
    case 'ResourceNotFoundException':
      return l10n.t('EKS does not find the cluster or the node group. Nothing was changed.');
    case 'ServerException':
      return l10n.t('EKS had a problem of its own, and shows no update that came of the request.');
  }
}

/** Why the end of an update is not known, and where to check. */
export function unknownEndWords(end: UnknownEnd): string {
  return say(UNKNOWN_ENDS, end);
}

const UNKNOWN_ENDS: Sentences<UnknownEnd> = {
  'node-group-differs': () =>
    l10n.t(
      'EKS calls the update successful, but the node group shows something else than was asked for. Somebody may have changed it since: look at its history.',
    ),
  'node-group-gone': () => l10n.t('The node group does not exist any more. Look at who deleted it.'),
  'update-not-found': () =>
    l10n.t('EKS does not find the update any more. Look at the version and release of the node group.'),
  'several-updates': ({ updateIds }) =>
    l10n.t(
      'The request got no answer, and more than one update fits it ({updateIds}). Look at the history of the node group.',
      { updateIds: updateIds.join(', ') },
    ),
  'not-permitted': ({ action }) =>
    l10n.t(
      'The update cannot be followed: you lack the permission {action}. Look at the node group in the AWS console.',
      { action },
    ),
  'cannot-tell': () =>
    l10n.t(
      'The request got no answer, and whether EKS took it cannot be told. Look at the history of the node group before you try again.',
    ),
};
