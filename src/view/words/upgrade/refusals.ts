/** Why a request was not sent, not taken, or not followed to its end, in words. */
import type { AwsFailure } from '../../../model/failure';
import type { Facts } from '../../../model/json';
import type { UnknownEnd } from '../../../upgrade/look';
import type { UpgradeRefusal } from '../../../upgrade/refusal';
import type { Remedy } from '../../../upgrade/remedies/remedy';
import type { RequestErrorName } from '../../../upgrade/remedies/request-errors';
import type { RefusalWords } from '../failure';
import type { Translate } from '../translate';
import { awsWords } from './counts';
import { remedyWords } from './remedies';

/** What EKS says to an update request that it does not take: what it means, what to do, and AWS's own text. */
export function requestErrorWords(
  failure: AwsFailure,
  remedy: Remedy<RequestErrorName>,
  t: Translate,
): string {
  return [requestError(remedy.explains, t), remedyWords(remedy.remedy, t), awsWords(failure.message, t)].join(
    ' ',
  );
}

function requestError(name: RequestErrorName, t: Translate): string {
  switch (name) {
    case 'ClientException':
      return t('EKS did not take the request because of who asks, or of a name in it. Nothing was changed.');
    case 'InvalidParameterException':
      return t('EKS did not take a value of the request. Nothing was changed.');
    case 'InvalidRequestException':
      return t(
        'EKS does not take the request in the state that the node group or its cluster is in. Nothing was changed.',
      );
    case 'ResourceInUseException':
      return t('Another change of the node group or its cluster is under way. Nothing was changed.');
    case 'ResourceNotFoundException':
      return t('EKS does not find the cluster or the node group. Nothing was changed.');
    case 'ServerException':
      return t('EKS had a problem of its own, and shows no update that came of the request.');
  }
}

const REFUSALS: Readonly<Record<UpgradeRefusal, (facts: Facts, t: Translate) => string>> = {
  'choice-not-valid': ({ problems }, t) =>
    t('EKS cannot take this choice ({problems}). Go back and choose again.', { problems: listIn(problems) }),
  'update-blocked': ({ checks }, t) =>
    t('The plan cannot run: {checks}. Nothing was sent.', { checks: listIn(checks) }),
  'record-not-readable': (_facts, t) =>
    t('What was planned cannot be read back; another version of Slipway may have written it. Plan again.'),
  'request-not-taken': (_facts, t) =>
    t('The request got no answer, and EKS shows no update that came of it: nothing was changed. Try again.'),
};

/** Refusals of the room `upgrade`. */
export const upgradeRefusalWords: RefusalWords = (code, facts, t) =>
  isRefusal(code) ? REFUSALS[code](facts, t) : undefined;

function isRefusal(code: string): code is UpgradeRefusal {
  return Object.hasOwn(REFUSALS, code);
}

function listIn(json: unknown): string {
  return Array.isArray(json) ? json.join(', ') : '';
}

/** Why the end of an update is not known, and what to look at. */
export function unknownEndWords(why: UnknownEnd, facts: Facts, t: Translate): string {
  switch (why) {
    case 'node-group-differs':
      return t(
        'EKS calls the update successful, but the node group shows something else than was asked for. Somebody may have changed it since: look at its history.',
      );
    case 'node-group-gone':
      return t('The node group does not exist any more. Look at who deleted it.');
    case 'update-not-found':
      return t('EKS does not find the update any more. Look at the version and release of the node group.');
    case 'several-updates':
      return t(
        'The request got no answer, and more than one update fits it ({updateIds}). Look at the history of the node group.',
        { updateIds: listIn(facts['updateIds']) },
      );
    case 'not-permitted':
      return t(
        'The update cannot be followed: you lack the permission {action}. Look at the node group in the AWS console.',
        { action: String(facts['action'] ?? '?') },
      );
    case 'cannot-tell':
      return t(
        'The request got no answer, and whether EKS took it cannot be told. Look at the history of the node group before you try again.',
      );
  }
}
