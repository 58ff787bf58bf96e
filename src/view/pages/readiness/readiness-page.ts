/** How ready a cluster is for its next version: what to do, with the buttons that do it, and the reasons below. */
import * as l10n from '@vscode/l10n';
import type { Readiness } from '../../../nodegroup/readiness/readiness';
import { supportWords } from '../../messages/nodegroup/support';
import { text } from '../blocks';
import type { Page, Section } from '../page';
import { READ_BUTTON, readBeforeWords, unreadNotice } from '../reads/read-page';
import { drainSection } from './drain-section';
import { addonsSection, insightsSection, nodegroupsSection } from './parts';
import { READINESS_BUTTON, type ShownReadiness } from './shown-readiness';
import { stepsSection } from './steps-section';

export function readinessPage(shown: ShownReadiness): Page {
  const { cluster, readiness, drains, failure } = shown;
  return {
    kind: l10n.t('Upgrade readiness'),
    heading: cluster,
    about: aboutOf(shown),
    state: stateOf(shown),
    notices: failure ? [unreadNotice(failure, readiness && readBeforeWords())] : [],
    buttons: [
      { id: READ_BUTTON.refresh, label: l10n.t('Refresh') },
      ...(readiness
        ? [
            { id: READINESS_BUTTON.export, label: l10n.t('Export…') },
            { id: READINESS_BUTTON.console, label: l10n.t('Open in AWS Console') },
          ]
        : []),
    ],
    sections: readiness
      ? [
          stepsSection(readiness),
          drainSection(drains),
          insightsSection(readiness.insights),
          nodegroupsSection(readiness),
          addonsSection(readiness.addons),
        ]
      : failure
        ? []
        : [readingSection()],
  };
}

function readingSection(): Section {
  return {
    id: 'reading',
    heading: l10n.t('What to do'),
    blocks: [text(l10n.t('Reading the cluster, its insights, its node groups and its add-ons…'))],
  };
}

function aboutOf({ connection, readiness, isReading, everyMinutes }: ShownReadiness): Page['about'] {
  if (!readiness) return [connection];
  const { cluster, support, readAt } = readiness;
  const time = new Date(readAt).toLocaleTimeString();
  return [
    connection,
    l10n.t('Kubernetes {0}', { 0: cluster.version }),
    supportWords(support),
    isReading
      ? l10n.t('read at {0}, reading again', { 0: time })
      : everyMinutes === 1
        ? l10n.t('read at {0}, again each minute while it is shown', { 0: time })
        : l10n.t('read at {0}, again every {1} minutes while it is shown', { 0: time, 1: everyMinutes }),
  ];
}

function stateOf({ readiness, drains, failure }: ShownReadiness): Page['state'] {
  if (!readiness)
    return failure
      ? { tone: 'error', text: l10n.t('Cannot be read now') }
      : { tone: 'running', text: l10n.t('Reading') };
  const { next, steps } = readiness;
  if (next.kind === 'none')
    return { tone: 'good', text: l10n.t('AWS offers no later version to get ready for') };
  const { version } = next;
  const blocking = steps.filter(({ blocks }) => blocks).length;
  if (blocking > 0)
    return {
      tone: 'error',
      text:
        blocking === 1
          ? l10n.t('Not ready for {0}: one step blocks the upgrade', { 0: version })
          : l10n.t('Not ready for {0}: {1} steps block the upgrade', { 0: version, 1: blocking }),
    };
  if (isPartlyUnknown(readiness))
    return { tone: 'unknown', text: l10n.t('Not known to be ready for {0}', { 0: version }) };
  const held = drains.filter(({ check }) => check?.verdict === 'warn').length;
  return held === 0
    ? { tone: 'good', text: l10n.t('Ready for {0}', { 0: version }) }
    : {
        tone: 'warning',
        text: l10n.t('Ready for {0}; look at the drains of its node groups first', { 0: version }),
      };
}

/** True if it is unknown whether something blocks the upgrade, or whether AWS offers the next version. */
function isPartlyUnknown({ insights, addons, nodegroups, next }: Readiness): boolean {
  const isAddonUnknown = addons.known && addons.value.some((addon) => addon.next && !addon.next.known);
  return (
    next.kind === 'assumed' ||
    !insights.known ||
    insights.value.undecided.length > 0 ||
    !addons.known ||
    isAddonUnknown ||
    nodegroups.unread.length > 0
  );
}
