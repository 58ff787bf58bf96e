/** What helps where rows could not be read, by what the failure is: the first button of the row, and its click. */
import type { Connection } from '../../model/connection';
import type { CredentialsFailure, Failure } from '../../model/failure';
import type { CommandId } from '../command-ids';

export type FailureRemedy = 'signIn' | 'editConfig' | 'changeRegion' | 'tryAgain';

export const REMEDY_COMMANDS: Readonly<Record<FailureRemedy, CommandId>> = {
  signIn: 'slipway.connection.signIn',
  editConfig: 'slipway.connection.editConfig',
  changeRegion: 'slipway.connection.changeRegion',
  tryAgain: 'slipway.resources.tryAgain',
};

export function failureRemedy(failure: Failure, source: Connection['source']['kind']): FailureRemedy {
  // The sandbox has keys of its own, and answers for every region.
  if (source === 'sandbox') return 'tryAgain';
  if (failure.kind === 'credentials') return credentialsRemedy(failure);
  // A service that is not in a region has no address there.
  const isElsewhere =
    failure.kind === 'aws' &&
    (failure.reason === 'service-ended' || (failure.reason === 'network' && failure.name === 'ENOTFOUND'));
  return isElsewhere ? 'changeRegion' : 'tryAgain';
}

function credentialsRemedy({ problem }: CredentialsFailure): FailureRemedy {
  switch (problem) {
    case 'sso-login':
    case 'console-login':
    case 'mfa':
    case 'expired':
      return 'signIn';
    case 'no-such-profile':
    case 'rejected':
    case 'other':
      return 'editConfig';
  }
}
