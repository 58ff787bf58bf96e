/** Pods that kept an update from draining its nodes, as a page: why, what helps, their events, the ends of their logs. */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../drain/blocker';
import type { LogAnswer } from '../../drain/ports';
import type { Failure } from '../../model/failure';
import { kubectl } from '../../model/kubectl';
import type { KubernetesEvent } from '../../model/kubernetes';
import { code, page, plain, table, textBlock } from '../markdown';
import { causeWords, forcedWords, helpWords, objectName } from '../messages/drain';
import { failureWords } from '../messages/failure';

type Unread = { readonly failure: Failure };

export interface HeldPod {
  readonly pod: Blocker['pod'];
  /** All that held this pod. */
  readonly blockers: readonly Blocker[];
  readonly events: readonly KubernetesEvent[] | Unread;
  readonly log: LogAnswer | Unread;
}

export interface HeldPodsPage {
  readonly label: string;
  readonly clusterArn: string;
  readonly pods: readonly HeldPod[];
}

export function heldPodsPage({ label, clusterArn, pods }: HeldPodsPage): string {
  return page([
    `# ${l10n.t('Held pods of {0}', { 0: plain(label) })}`,
    ...pods.flatMap((pod) => [`## ${plain(objectName(pod.pod))}`, ...podBlocks(pod, clusterArn, '###')]),
  ]);
}

/** One pod, held or not. */
export function podPage(pod: HeldPod, clusterArn: string): string {
  const { blockers } = pod;
  return page([
    `# ${plain(objectName(pod.pod))}`,
    blockers.length === 0 ? l10n.t('Nothing that can be seen holds it.') : undefined,
    ...podBlocks(pod, clusterArn, '##'),
  ]);
}

function podBlocks(
  { pod, blockers, events, log }: HeldPod,
  clusterArn: string,
  heading: '##' | '###',
): readonly string[] {
  return [
    ...blockers.map((blocker) =>
      plain(`${causeWords(blocker)} ${helpWords(blocker)} ${forcedWords(blocker.forced)}`),
    ),
    `${heading} ${l10n.t('Events')}`,
    eventsBlock(events),
    `${heading} ${l10n.t('The end of its log')}`,
    logBlock(log),
    code(kubectl(clusterArn, '-n', pod.namespace, 'describe', 'pod', pod.name)),
  ];
}

function eventsBlock(events: HeldPod['events']): string {
  if ('failure' in events) return plain(failureWords(events.failure));
  if (events.length === 0) return l10n.t('None; Kubernetes keeps events for about an hour.');
  return table(
    [l10n.t('Time'), l10n.t('Reason'), l10n.t('Message'), l10n.t('Times')],
    events
      .toSorted((a, b) => b.at - a.at)
      .map(({ at, reason, message, count }) => [
        new Date(at).toLocaleString(),
        plain(reason),
        plain(message),
        String(count),
      ]),
  );
}

function logBlock(log: HeldPod['log']): string {
  if ('failure' in log) return plain(failureWords(log.failure));
  switch (log.code) {
    case 'text':
      return log.text === '' ? l10n.t('Empty.') : textBlock(log.text);
    case 'not-started':
      return plain(l10n.t('Nothing yet: {message}', { message: log.message }));
    case 'gone':
      return l10n.t('The pod is gone, and its log with it.');
  }
}
