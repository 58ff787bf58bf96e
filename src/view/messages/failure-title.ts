/** Failures in a few words, for a row in a narrow side bar; `failureWords` gives the full sentences. */
import * as l10n from '@vscode/l10n';
import type { AwsFailure, CredentialsFailure, Failure } from '../../model/failure';
import type { KubernetesFailure } from '../../model/kubernetes-failure';

export function failureTitle(failure: Failure): string {
  switch (failure.kind) {
    case 'credentials':
      return credentialsTitle(failure);
    case 'aws':
      return awsTitle(failure);
    case 'kubernetes':
      return kubernetesTitle(failure);
    default:
      return l10n.t('Could not be read');
  }
}

function credentialsTitle({ problem }: CredentialsFailure): string {
  switch (problem) {
    case 'sso-login':
    case 'console-login':
    case 'mfa':
      return l10n.t('Not signed in');
    case 'expired':
      return l10n.t('Credentials expired');
    case 'rejected':
      return l10n.t('Credentials rejected');
    case 'no-such-profile':
    case 'other':
      return l10n.t('No credentials');
  }
}

function kubernetesTitle({ reason, resource }: KubernetesFailure): string {
  switch (reason) {
    case 'unauthorized':
      return l10n.t('No access to the cluster');
    case 'forbidden':
      return l10n.t('No right to list {resource}', { resource: resource.replace(/\..*$/, '') });
    case 'private-endpoint':
      return l10n.t('Private endpoint');
    case 'restricted-endpoint':
    case 'unresolved':
    case 'no-route':
      return l10n.t('Cluster not reached');
    case 'untrusted':
      return l10n.t('Certificate not trusted');
    case 'mute':
      return l10n.t('Shown with delay');
    case 'throttled':
      return l10n.t('Slowed down by the cluster');
    default:
      return l10n.t('Cluster could not be read');
  }
}

function awsTitle({ reason }: AwsFailure): string {
  switch (reason) {
    case 'access-denied':
      return l10n.t('Access denied');
    case 'network':
      return l10n.t('Not reached');
    case 'service-ended':
      return l10n.t('Service ended');
    case 'throttled':
      return l10n.t('Slowed down by AWS');
    case 'server':
      return l10n.t('AWS has a problem');
    default:
      return l10n.t('Could not be read');
  }
}
