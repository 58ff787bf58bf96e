/**
 * The remedy for a failed read, by the kind of failure. The row that reports the failure offers the
 * remedy as its first button and on a click, and pages offer it as a button.
 */
import type { Connection } from '../../model/connection';
import type { CredentialsFailure, Failure } from '../../model/failure';
import type { KubernetesFailure } from '../../model/kubernetes-failure';
import type { CommandId } from '../command-ids';
import { isEntryPossible } from '../messages/kubernetes-access';

export type FailureRemedy =
  | 'signIn'
  | 'editConfig'
  | 'changeRegion'
  | 'copyAccess'
  | 'copyRole'
  | 'editEndpoints'
  | 'tryAgain';

export const REMEDY_COMMANDS = {
  signIn: 'slipway.connection.signIn',
  editConfig: 'slipway.connection.editConfig',
  changeRegion: 'slipway.connection.changeRegion',
  copyAccess: 'slipway.eksCluster.copyAccessCommands',
  copyRole: 'slipway.eksCluster.copyKubernetesRole',
  editEndpoints: 'slipway.eksCluster.editEndpoints',
  tryAgain: 'slipway.resources.tryAgain',
} as const satisfies Readonly<Record<FailureRemedy, CommandId>>;

export function failureRemedy(failure: Failure, source: Connection['source']['kind']): FailureRemedy {
  if (failure.kind === 'kubernetes') return kubernetesRemedy(failure);
  // The sandbox has keys of its own, and answers for every region: neither a sign-in nor another region
  // would help.
  if (source === 'sandbox') return 'tryAgain';
  if (failure.kind === 'credentials') return credentialsRemedy(failure);
  // A service that does not exist in a region has no address there, so that looking up its host name
  // fails.
  const isElsewhere =
    failure.kind === 'aws' &&
    (failure.reason === 'service-ended' || (failure.reason === 'network' && failure.name === 'ENOTFOUND'));
  return isElsewhere ? 'changeRegion' : 'tryAgain';
}

function kubernetesRemedy(failure: KubernetesFailure): FailureRemedy {
  switch (failure.reason) {
    case 'unauthorized':
      return isEntryPossible(failure) ? 'copyAccess' : 'tryAgain';
    case 'forbidden':
      return 'copyRole';
    case 'private-endpoint':
    case 'restricted-endpoint':
      return 'editEndpoints';
    default:
      return 'tryAgain';
  }
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
