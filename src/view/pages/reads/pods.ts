/** Pods, one by one: each pod's blockers and their remedies, its events, and the end of its log. */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../../drain/blocker';
import type { LogAnswer } from '../../../drain/ports';
import type { NotRead } from '../../../model/failure';
import type { KubernetesEvent } from '../../../model/kubernetes';
import { kubectl } from '../../../model/shell-command';
import { visibleLines } from '../../../model/visible-text';
import { podsWords } from '../../messages/counts';
import { causeWords, forcedWords, helpWords, objectName } from '../../messages/drain';
import { failureWords } from '../../messages/failure';
import { commandsSection, eventsBlock, findingsBlock, text, unknownBlock } from '../blocks';
import type { Block, Finding, Page, Section } from '../page';
import type { ReadContent } from './read-page';

export interface ReadPod {
  readonly pod: Blocker['pod'];
  /** All blockers of this pod; absent where they were not read. */
  readonly blockers?: readonly Blocker[];
  readonly events: readonly KubernetesEvent[] | NotRead;
  readonly log: LogAnswer | NotRead;
}

/** The pods that kept an update from draining its nodes. @param now epoch milliseconds */
export function heldPodsContent(pods: readonly ReadPod[], clusterArn: string, now: number): ReadContent {
  return {
    state: { tone: 'error', text: l10n.t('{0} held the drain', { 0: podsWords(pods.length) }) },
    sections: [
      ...pods.map(
        (pod): Section => ({
          id: pod.pod.uid,
          heading: objectName(pod.pod),
          blocks: [...whyBlocks(pod), { kind: 'sections', sections: partsOf(pod, `${pod.pod.uid}/`, now) }],
        }),
      ),
      ...commandsSection(pods.map(({ pod }) => describeCommand(pod, clusterArn))),
    ],
  };
}

/** One pod, whether or not it is held up. @param now epoch milliseconds */
export function podContent(pod: ReadPod, clusterArn: string, now: number): ReadContent {
  const why = whyBlocks(pod);
  return {
    state: stateOf(pod),
    sections: [
      ...(why.length === 0 ? [] : [{ id: 'why', heading: l10n.t('What holds it'), blocks: why }]),
      ...partsOf(pod, '', now),
      ...commandsSection([describeCommand(pod.pod, clusterArn)]),
    ],
  };
}

function stateOf({ blockers }: ReadPod): Page['state'] {
  if (!blockers) return { tone: 'unknown', text: l10n.t('Not known whether anything holds it') };
  if (blockers.some(({ gravity }) => gravity === 'holds'))
    return { tone: 'error', text: l10n.t('Held: a drain waits for it') };
  return blockers.length === 0
    ? { tone: 'good', text: l10n.t('Nothing that can be seen holds it') }
    : { tone: 'warning', text: l10n.t('Look at it before a drain') };
}

function whyBlocks({ blockers = [] }: ReadPod): readonly Block[] {
  const findings = blockers.map(
    (blocker): Finding => ({
      ...(blocker.gravity === 'holds'
        ? { tone: 'error', verdict: l10n.t('holds') }
        : { tone: 'warning', verdict: l10n.t('at risk') }),
      title: causeWords(blocker),
      text: forcedWords(blocker.forced),
      help: helpWords(blocker),
    }),
  );
  return findings.length === 0 ? [] : [findingsBlock(findings)];
}

/** @param at prefix of the sections' ids, which makes the ids unique on the page */
function partsOf({ events, log }: ReadPod, at: string, now: number): readonly Section[] {
  return [
    { id: `${at}events`, heading: l10n.t('Events'), blocks: [eventsBlock(events, now)] },
    { id: `${at}log`, heading: l10n.t('The end of its log'), blocks: [logBlock(log)] },
  ];
}

function logBlock(log: ReadPod['log']): Block {
  if ('failure' in log) return unknownBlock(failureWords(log.failure));
  switch (log.code) {
    case 'text':
      return log.text === ''
        ? text(l10n.t('Empty.'))
        : { kind: 'source', name: l10n.t('The end of its log'), text: visibleLines(log.text).join('\n') };
    case 'not-started':
      return text(l10n.t('Nothing yet: {message}', { message: log.message }));
    case 'gone':
      return text(l10n.t('The pod is gone, and its log with it.'));
  }
}

function describeCommand({ namespace, name }: Blocker['pod'], clusterArn: string): string {
  return kubectl(clusterArn, '-n', namespace, 'describe', 'pod', name);
}
