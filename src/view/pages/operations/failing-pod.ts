/** The pod that made a deployment fail: the last lines of its container's log, and its events. */
import * as l10n from '@vscode/l10n';
import type { NotRead } from '../../../model/failure';
import type { KubernetesEvent } from '../../../model/kubernetes';
import { visibleLines } from '../../../model/visible-text';
import { failureWords } from '../../messages/failure';
import { eventsBlock, mutedText, text } from '../blocks';
import type { Block, Section } from '../page';

export interface FailingPodSeen {
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly container?: string;
  /**
   * Absent where the pod's trouble is not about one container. `text` undefined: the container has not
   * started, or the pod is gone.
   */
  readonly lines?: { readonly text: string | undefined } | NotRead;
  readonly events: readonly KubernetesEvent[] | NotRead;
}

/** The most characters that are shown of the log's last lines, since a line may have any length. */
const MOST = 8_000;

/** @param now epoch milliseconds */
export function failingPodSection(seen: FailingPodSeen, now: number): Section {
  const { pod, container, lines, events } = seen;
  return {
    id: 'pod',
    heading: l10n.t('Pod {0}', { 0: `${pod.namespace}/${pod.name}` }),
    blocks: [
      ...(lines && container !== undefined ? linesBlocks(container, lines) : []),
      eventsBlock(events, now),
    ],
  };
}

function linesBlocks(container: string, lines: NonNullable<FailingPodSeen['lines']>): readonly Block[] {
  if ('failure' in lines)
    return [
      mutedText(l10n.t('The last lines of container {0} are not known.', { 0: container })),
      mutedText(failureWords(lines.failure)),
    ];
  if (lines.text === undefined || lines.text.trim() === '')
    return [mutedText(l10n.t('Container {0} has written nothing that is still there.', { 0: container }))];
  const shown = visibleLines(lines.text.trimEnd()).join('\n').slice(-MOST);
  const name = l10n.t('Last lines of container {0}', { 0: container });
  return [text(name), { kind: 'source', name, text: shown }];
}
