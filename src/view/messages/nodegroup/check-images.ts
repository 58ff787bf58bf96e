/**
 * Sentences of the checks of AMI type, release and launch template, and of the check that the update
 * changes anything.
 */

import * as l10n from '@vscode/l10n';
import { dayWords } from '../counts';
import { unknownWords } from '../unread';
import { cannotFollowWords } from './cannot-follow';
import type { CheckCatalogue } from './check-catalogue';

export const imageChecks: CheckCatalogue<'ami-type' | 'release' | 'launch-template' | 'change'> = {
  'ami-type': {
    title: () => l10n.t('AMI type'),
    found: {
      'ami-type-published': ({ amiType }) => l10n.t('AWS publishes releases of {amiType}.', { amiType }),
      'ami-type-ended': ({ amiType, endedOn, lastVersion }) =>
        l10n.t(
          'AWS ended {amiType} on {day}: no fixes come any more, and {lastVersion} is the last Kubernetes version with it. Make a node group with another AMI type and move the pods there.',
          { amiType, day: dayWords(endedOn), lastVersion },
        ),
      'ami-type-cannot-follow': (facts) =>
        l10n.t(
          'The node group {words}, and the control plane runs {controlPlane}. AWS ended {amiType} on {day}: no fixes come any more. Make a node group with another AMI type and move the pods there.',
          {
            words: cannotFollowWords(facts),
            controlPlane: facts.controlPlane,
            amiType: facts.amiType,
            day: dayWords(facts.endedOn),
          },
        ),
      'ami-type-unlisted': ({ amiType }) =>
        l10n.t('This version of Slipway does not know the AMI type {amiType}.', { amiType }),
      'ami-own': () => l10n.t('The launch template brings an AMI of your own.'),
    },
  },
  release: {
    title: () => l10n.t('AMI release'),
    found: {
      'release-newest': ({ release }) => l10n.t('{release} is the newest release.', { release }),
      'release-not-newest': ({ release, newest }) =>
        l10n.t('{release} is not the newest release; that is {newest}.', { release, newest }),
      'release-unverified': ({ release, why }) =>
        l10n.t('Whether {release} is the newest release: {why}', { release, why: unknownWords(why) }),
      'release-not-comparable': ({ release, newest }) =>
        l10n.t(
          'Whether {release} is as new as the newest release, {newest}, cannot be told from their names.',
          {
            release,
            newest,
          },
        ),
      'release-by-aws': ({ newest }) => l10n.t('AWS takes its newest release, now {newest}.', { newest }),
      'release-by-aws-unknown': ({ why }) =>
        l10n.t('AWS takes its newest release. Which one that is: {why}', { why: unknownWords(why) }),
      'release-not-published': ({ amiType, version }) =>
        l10n.t('AWS publishes no release of {amiType} for Kubernetes {version}, so EKS may refuse it.', {
          amiType,
          version,
        }),
      'release-own': () => l10n.t('The AMI is your own; there is no release to choose.'),
    },
  },
  'launch-template': {
    title: () => l10n.t('Launch template'),
    found: {
      'template-none': () => l10n.t('The node group has no launch template of yours.'),
      'template-kept': ({ version }) =>
        l10n.t('The launch template stays at version {version}.', { version }),
      'template-version-gone': ({ version }) =>
        l10n.t(
          'Version {version} of the launch template, which the node group uses, was deleted: EKS can make no new nodes from it. Choose a version that is there.',
          { version },
        ),
      'template-kept-behind': ({ version, latest }) =>
        l10n.t('The launch template stays at version {version}; its newest is {latest}.', {
          version,
          latest,
        }),
      'template-changes': ({ from, to }) =>
        from === undefined
          ? l10n.t('The launch template goes to version {to}.', { to })
          : l10n.t('The launch template goes from version {from} to {to}.', { from, to }),
      'template-older': ({ from, to }) =>
        l10n.t('The launch template goes back from version {from} to {to}.', { from, to }),
      'template-brings-ami': ({ to, imageId }) =>
        l10n.t(
          'Version {to} of the launch template brings its own AMI ({imageId}); so far the nodes run one of AWS. From then on you choose and renew the AMI yourself.',
          { to, imageId },
        ),
      'template-drops-ami': ({ to }) =>
        l10n.t(
          'Version {to} of the launch template names no AMI; so far the nodes run your own. EKS will choose one, and user data written for your AMI may not fit.',
          { to },
        ),
      'template-unknown': ({ why }) =>
        l10n.t('Versions of the launch template: {why}', { why: unknownWords(why) }),
      'template-unresolved': ({ version }) =>
        l10n.t('Which version of the launch template is in use ({version}) cannot be told.', {
          version: version ?? l10n.t('not shown'),
        }),
    },
  },
  change: {
    title: () => l10n.t('Change'),
    found: {
      'something-changes': () => l10n.t('The update changes the node group.'),
      'nothing-changes': () =>
        l10n.t('Version, release and launch template are what they are already: there is nothing to update.'),
    },
  },
};
