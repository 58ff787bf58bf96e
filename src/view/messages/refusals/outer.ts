/**
 * The refusals that belong to no single part of Slipway (lists, endpoints, AWS's config files, the sandbox)
 * as sentences, and what to do.
 */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { OuterRefusals } from '../../../model/refusals';
import { fileUnreadableWords, profileUnusableWords } from '../profile-files';
import type { Sentences } from '../sentences';

export const outerRefusals: Sentences<CodedOf<OuterRefusals>> = {
  'list-endless': (f) =>
    f.why === 'repeated'
      ? l10n.t(
          'The list does not end: after {0} pages it leads back to one that was read. What was read is not the whole list. Try again, and check the endpoint and the proxy.',
          { 0: f.pages },
        )
      : l10n.t(
          'The list was left after {0} pages, and there are more. Choose something with a shorter list.',
          {
            0: f.pages,
          },
        ),
  'endpoint-invalid': (f) =>
    l10n.t(
      'The endpoint of {0}, "{1}", is no web address. Correct it in the AWS config file or the environment.',
      { 0: f.service, 1: f.endpoint },
    ),
  'cluster-endpoint-invalid': (f) =>
    l10n.t(
      'The address "{0}" of the setting slipway.kubernetes.endpoints is none of the form https://host:port. Correct it for {1}.',
      { 0: f.endpoint, 1: f.cluster },
    ),
  'sso-endpoints-differ': (f) =>
    l10n.t(
      'The profile {0} asks for single sign-on (sso) and its tokens (sso_oidc) at two different addresses. Set the same endpoint for both.',
      { 0: f.profile },
    ),
  'profile-file-unreadable': (f) => fileUnreadableWords(f),
  'profile-unusable': (f) => profileUnusableWords(f),
  'sandbox-not-running': () => l10n.t('The sandbox is not running. Start it again where it was started.'),
  'sandbox-not-started': (f) => l10n.t('The sandbox could not be started. {0}', { 0: f.said ?? '' }),
};
