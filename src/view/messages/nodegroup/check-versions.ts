/** Sentences of the checks of the Kubernetes version: skew, direction, support. */
import * as l10n from '@vscode/l10n';
import { dayWords } from '../counts';
import { unknownWords } from '../unread';
import type { CheckCatalogue } from './check-catalogue';
import { insightList } from './check-state';
import { extendedSupportWords } from './support';

export const versionChecks: CheckCatalogue<'skew' | 'downgrade' | 'support'> = {
  skew: {
    title: () => l10n.t('Version skew'),
    found: {
      'skew-equal': ({ version }) =>
        l10n.t('The nodes will have the version of the control plane, {version}.', { version }),
      'skew-behind': (facts) =>
        facts.minors === 1
          ? l10n.t(
              'The nodes will have {version}, one version behind the control plane ({controlPlane}); up to {allowed} are supported.',
              { ...facts },
            )
          : l10n.t(
              'The nodes will have {version}, {minors} versions behind the control plane ({controlPlane}); up to {allowed} are supported.',
              { ...facts },
            ),
      'skew-unknown': ({ controlPlane }) =>
        l10n.t('How the version of the nodes stands to the control plane ({controlPlane}) is not known.', {
          controlPlane,
        }),
      'skew-custom-ami': ({ controlPlane }) =>
        l10n.t(
          'The Kubernetes version of the nodes is inside your AMI: check that it fits the control plane ({controlPlane}).',
          {
            controlPlane,
          },
        ),
    },
  },
  downgrade: {
    title: () => l10n.t('Direction'),
    found: {
      'not-a-downgrade': () => l10n.t('The nodes do not go back to anything older.'),
      'downgrade-version': ({ from, to, insights }) => {
        const known = insights.known
          ? l10n.t('Rollback insights: {found}.', {
              found: insightList(insights.value) || l10n.t('none reports a problem'),
            })
          : unknownWords(insights.why);
        return l10n.t(
          'This is a downgrade from {from} to {to}. The EKS API documentation says that a node group cannot be rolled back; newer guides do it before a control plane rollback. {known}',
          { from, to, known },
        );
      },
      'downgrade-release': ({ from, to }) =>
        l10n.t(
          'The AMI release {to} is older than the one in use, {from}. Fixes that came between are lost.',
          {
            from,
            to,
          },
        ),
      'downgrade-unknown': ({ from, to }) =>
        l10n.t('Whether {to} is older than what is in use ({from}) cannot be told.', {
          from: from ?? l10n.t('not shown'),
          to,
        }),
    },
  },
  support: {
    title: () => l10n.t('Support'),
    found: {
      'support-standard': ({ version, until }) =>
        until === undefined
          ? l10n.t('Kubernetes {version} is in standard support.', { version })
          : l10n.t('Kubernetes {version} is in standard support until {day}.', {
              version,
              day: dayWords(until),
            }),
      'support-ending': ({ version, until }) =>
        until === undefined
          ? l10n.t('Standard support of Kubernetes {version} ends soon.', { version })
          : l10n.t('Standard support of Kubernetes {version} ends on {day}: plan the next version.', {
              version,
              day: dayWords(until),
            }),
      'support-extended': extendedSupportWords,
      'support-ended': ({ version, since }) =>
        since === undefined
          ? l10n.t('AWS does not support Kubernetes {version} any more: choose a later version.', { version })
          : l10n.t('AWS does not support Kubernetes {version} since {day}: choose a later version.', {
              version,
              day: dayWords(since),
            }),
      'support-unlisted': ({ version }) =>
        l10n.t('AWS does not say how it supports Kubernetes {version}.', { version }),
      'support-unknown': ({ why }) => l10n.t('Support of the version: {why}', { why: unknownWords(why) }),
    },
  },
};
