/**
 * Failures as sentences: what happened, and what to do. Where AWS's own words are shown, they are unchanged.
 */
import * as l10n from '@vscode/l10n';
import type { AwsFailure, CredentialsFailure, Failure } from '../../model/failure';
import { shellWord } from '../../model/shell-command';
import { kubernetesWords } from './kubernetes';
import { refusalWords } from './refusals';
import { neededWords, requestWords, serviceWords } from './requests';

/** One sentence or a few for a failure. */
export function failureWords(failure: Failure): string {
  switch (failure.kind) {
    case 'cancelled':
      return l10n.t('Cancelled.');
    case 'aws':
      return awsWords(failure);
    case 'kubernetes':
      return kubernetesWords(failure);
    case 'credentials':
      return credentialsWords(failure);
    case 'refused':
      return refusalWords(failure);
    case 'unexpected':
      return l10n.t('Something that Slipway did not expect: {0}', { 0: failure.message });
  }
}

function awsWords(failure: AwsFailure): string {
  const service = serviceWords(failure);
  const said = failure.message === '' ? failure.name : failure.message;
  switch (failure.reason) {
    case 'access-denied':
      return l10n.t('{0} denied {1}. {2} AWS says: {3}', {
        0: service,
        1: requestWords(failure),
        2: neededWords(failure),
        3: said,
      });
    case 'not-found':
      return l10n.t(
        '{0} does not find it ({1}). Refresh the view, and look whether it is still there. AWS says: {2}',
        {
          0: service,
          1: requestWords(failure),
          2: said,
        },
      );
    case 'conflict':
      return l10n.t(
        '{0} is busy with another change there. Wait until that has ended, then try again. AWS says: {1}',
        {
          0: service,
          1: said,
        },
      );
    case 'invalid':
      return l10n.t(
        '{0} does not take the request {1}. Correct what it names, then try again. AWS says: {2}',
        {
          0: service,
          1: requestWords(failure),
          2: said,
        },
      );
    case 'limit':
      return l10n.t(
        'A quota of {0} is used up. Wait, free something, or ask for more under Service Quotas. AWS says: {1}',
        {
          0: service,
          1: said,
        },
      );
    case 'throttled':
      return l10n.t('{0} asks for fewer requests for a while ({1}). Try again in a minute.', {
        0: service,
        1: failure.operation,
      });
    case 'server':
      return l10n.t('{0} has a problem of its own ({1}). Try again later. AWS says: {2}', {
        0: service,
        1: failure.status ?? failure.name,
        2: said,
      });
    case 'network':
      if (failure.status !== undefined && failure.status >= 400) {
        return l10n.t(
          'The signature of {1} was not of the right time when it reached {0}: the line is slow, or the clock of this computer is wrong. Check both, then try again. AWS says: {2}',
          { 0: service, 1: requestWords(failure), 2: said },
        );
      }
      if (failure.status !== undefined && failure.status < 300) {
        return l10n.t(
          '{0} did not answer {1} itself, or not as it should: {2}. Log in to the network in a browser if it wants that, check the proxy and the endpoint, then try again.',
          {
            0: service,
            1: requestWords(failure),
            2: failure.message,
          },
        );
      }
      return l10n.t(
        '{0} cannot be reached ({1}). Check the network, the proxy and the region, then try again.',
        {
          0: service,
          1: failure.name,
        },
      );
    case 'bad-digest':
      return l10n.t(
        'The bytes that reached {0} are not the bytes that were sent. Nothing was stored. Try again.',
        {
          0: service,
        },
      );
    case 'precondition':
      return l10n.t('What {0} holds changed in the meantime ({1}). Try again.', {
        0: service,
        1: failure.operation,
      });
    case 'service-ended':
      if (failure.status === 200) {
        return l10n.t(
          'A web page came in place of an answer of Amazon FinSpace. Either the network wants a log-in in the browser first, or AWS no longer answers here: it ended Managed kdb Insights on October 7, 2026. A FinSpace-compatible endpoint or the sandbox can be used instead; EKS is not concerned. The answer was: {0}',
          { 0: said },
        );
      }
      return l10n.t(
        'Amazon FinSpace does not answer here any more: AWS ended Managed kdb Insights on October 7, 2026. Use a FinSpace-compatible endpoint or the sandbox; EKS is not concerned. The answer was: {0}',
        { 0: said },
      );
    case 'other':
      return l10n.t('{0} answered {1} to {2}: {3}', {
        0: service,
        1: failure.name,
        2: requestWords(failure),
        3: said,
      });
  }
}

function credentialsWords(failure: CredentialsFailure): string {
  const profile = failure.profile ?? 'default';
  switch (failure.problem) {
    case 'sso-login':
      return l10n.t(
        'The profile "{0}" needs a fresh login: run `aws sso login --profile {1}`, then try again.',
        {
          0: profile,
          1: shellWord(profile),
        },
      );
    case 'console-login':
      return l10n.t('The profile "{0}" needs a fresh login: run `aws login --profile {1}`, then try again.', {
        0: profile,
        1: shellWord(profile),
      });
    case 'mfa':
      return l10n.t('The profile "{0}" needs a code of your MFA device.', { 0: profile });
    case 'no-such-profile':
      return l10n.t(
        'The profile "{0}" gives no credentials. Choose another profile, or mend it in the AWS config files. {1}',
        {
          0: profile,
          1: failure.message,
        },
      );
    case 'expired':
      if (failure.profile === undefined)
        return l10n.t('The credentials have expired. Try again to use fresh ones.');
      return l10n.t('The credentials of the profile "{0}" have expired. Refresh them, then try again.', {
        0: profile,
      });
    case 'rejected':
      if (failure.profile === undefined)
        return l10n.t('AWS does not accept the credentials: {0}', { 0: failure.message });
      return l10n.t('AWS does not accept the credentials of the profile "{0}": {1}', {
        0: profile,
        1: failure.message,
      });
    case 'other':
      return l10n.t('The profile "{0}" gives no credentials: {1}', { 0: profile, 1: failure.message });
  }
}
