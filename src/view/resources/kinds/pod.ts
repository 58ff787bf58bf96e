/** The row of a pod that a drain of its node has to move. */
import * as l10n from '@vscode/l10n';
import type { SeenPod } from '../../../drain/cluster-seen';
import type { Phase } from '../../../model/phase';
import { present, presentItems } from '../../../model/present';
import { causeWords, helpWords, objectName } from '../../messages/drain';
import { blockerBadge, podLabel } from '../../messages/nodes';
import type { RowIcon } from '../../row-icon';
import type { ThingRow } from '../row';
import type { LiveKind, RowAppearance } from './kind';
import type { NodeRow } from './node';
import { dateWords, sheet } from './sheet';

export interface PodRow extends ThingRow {
  readonly kind: 'pod';
  readonly parent: NodeRow;
  readonly pod: SeenPod;
}

export const POD: LiveKind<PodRow, SeenPod> = {
  below: 'node',
  list: {
    items: ({ node }, seen) => seen.podsOn(node.name),
    key: objectName,
    row: (pod, start) => ({ ...start, pod }),
    none: () => l10n.t('No pods that a drain has to move'),
  },
  phase,
  fine: () => l10n.t('No pod is held'),
  appearance,
  tooltip,
  console: undefined,
  operations: [],
  commands: { 'slipway.resources.open': 'always', 'slipway.nodegroup.checkDrain': 'always' },
};

function isHeld({ pod: { blockers } }: PodRow): boolean {
  return blockers[0]?.gravity === 'holds';
}

function phase(row: PodRow): Phase {
  if (isHeld(row)) return 'failed';
  return row.pod.isLeaving ? 'busy' : 'ready';
}

function appearance(row: PodRow): RowAppearance {
  const { pod } = row;
  const { controller, blockers } = pod;
  const state = stateOf(row);
  return {
    label: podLabel(pod),
    fullName: objectName(pod),
    role: l10n.t('pod'),
    ...present({ state }),
    words: presentItems(
      ...blockers.map(blockerBadge),
      ...unreadyWords(pod),
      controller && ownerWords(controller),
    ),
    ...iconOf(row),
    phase: phase(row),
  };
}

function stateOf(row: PodRow): string | undefined {
  if (isHeld(row)) return l10n.t('held');
  if (row.pod.isLeaving) return l10n.t('leaving');
  return row.pod.ready ? undefined : l10n.t('unready');
}

/**
 * Why the pod is not ready, in Kubernetes' words: the reasons why its containers wait, or else its phase.
 * Empty if the pod is ready, or if it runs and no container gives a reason.
 */
function unreadyWords({ ready, waiting, phase: own }: SeenPod): readonly string[] {
  if (ready) return [];
  const reasons = [...new Set(waiting.map(({ reason }) => reason))];
  return reasons.length === 0 && own !== 'Running' ? [own.toLowerCase()] : reasons;
}

function ownerWords({ kind, name }: NonNullable<SeenPod['controller']>): string {
  return `${kind} ${name}`;
}

function iconOf(row: PodRow): RowIcon {
  const { isLeaving: leaves, ready, blockers } = row.pod;
  if (isHeld(row)) return { icon: 'lock', tone: 'degraded' };
  if (leaves) return { icon: 'sync~spin', tone: 'running' };
  if (!ready) return { icon: 'warning', tone: 'degraded' };
  return blockers.length > 0 ? { icon: 'info', tone: 'behind' } : { icon: 'package', tone: 'fine' };
}

function tooltip({ pod, parent }: PodRow): string {
  const { controller, blockers, waiting } = pod;
  return sheet(
    objectName(pod),
    [
      [l10n.t('Node'), parent.node.name],
      [l10n.t('Owner'), controller && ownerWords(controller)],
      [l10n.t('State'), [stateWords(pod), ...unreadyWords(pod)].join(', ')],
      [l10n.t('Waiting'), waiting.map(({ container, reason }) => `${container}: ${reason}`).join(', ')],
      [l10n.t('Since'), dateWords(pod.createdAt)],
    ],
    blockers.length === 0
      ? [l10n.t('Nothing that can be seen holds it.')]
      : blockers.map((blocker) => `${causeWords(blocker)} ${helpWords(blocker)}`),
  );
}

function stateWords({ isLeaving: leaves, ready }: SeenPod): string {
  if (leaves) return l10n.t('leaving');
  return ready ? l10n.t('ready') : l10n.t('not ready');
}
