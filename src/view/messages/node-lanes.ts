/** The nodes of an update over time, as data for a picture and for a table with the same facts. */
import * as l10n from '@vscode/l10n';
import type { NodeRecord } from '../../drain/node-record';
import { present } from '../../model/present';

/** A span of time for which a node is in one state. Times are epoch milliseconds. */
export interface NodeBar {
  readonly label: string;
  readonly from: number;
  /** Absent while the node is still in this state. */
  readonly until?: number;
  readonly tone: 'neutral' | 'running' | 'good';
  readonly state: string;
}

export interface NodeLane {
  readonly label: string;
  readonly bars: readonly NodeBar[];
  readonly marks: readonly { readonly at: number; readonly label: string }[];
}

/** The most nodes that are shown: nobody could read a picture of more. */
const MOST_LANES = 60;

/**
 * Makes one lane for each node, up to `MOST_LANES`: old nodes first, in the order in which they left; then
 * the new ones, in the order in which they were first seen.
 * @param watchedUntil when the nodes were last seen; absent while they are watched
 */
export function nodeLanes(nodes: readonly NodeRecord[], watchedUntil?: number): readonly NodeLane[] {
  const order = ({ isOld, goneAt, seenAt }: NodeRecord): number =>
    isOld ? (goneAt ?? Number.MAX_SAFE_INTEGER) : seenAt;
  return nodes
    .toSorted((a, b) => Number(b.isOld) - Number(a.isOld) || order(a) - order(b))
    .slice(0, MOST_LANES)
    .map((node) => laneOf(node, watchedUntil));
}

function laneOf(node: NodeRecord, watchedUntil: number | undefined): NodeLane {
  const { name, isOld, goneAt } = node;
  return {
    label: isOld ? l10n.t('{node} (old)', { node: name }) : l10n.t('{node} (added)', { node: name }),
    bars: (isOld ? oldBars(node) : addedBars(node)).map((bar) => endedWhenLastSeen(bar, watchedUntil)),
    marks: goneAt === undefined ? [] : [{ at: goneAt, label: l10n.t('gone') }],
  };
}

/** If the end of a bar was not seen, the bar ends at `until`, the time when the nodes were last seen. */
function endedWhenLastSeen(bar: NodeBar, until: number | undefined): NodeBar {
  return bar.until !== undefined || until === undefined
    ? bar
    : { ...bar, until: Math.max(bar.from, until), state: l10n.t('last seen so') };
}

function oldBars({ seenAt, cordonedAt, drainingSince, goneAt }: NodeRecord): readonly NodeBar[] {
  const times: readonly (readonly [number | undefined, string, NodeBar['tone']])[] = [
    [seenAt, l10n.t('in use'), 'neutral'],
    [cordonedAt, l10n.t('cordoned'), 'neutral'],
    [drainingSince, l10n.t('draining'), 'running'],
  ];
  return barsOf(times, goneAt);
}

function addedBars({ seenAt, readyAt, goneAt }: NodeRecord): readonly NodeBar[] {
  return barsOf(
    [
      [readyAt === seenAt ? undefined : seenAt, l10n.t('starting'), 'running'],
      [readyAt, l10n.t('ready'), 'good'],
    ],
    goneAt,
  );
}

/**
 * The bars of one node: each bar ends where the next one begins, and the last bar ends at `goneAt`. Without
 * `goneAt`, the last bar has no end.
 */
function barsOf(
  times: readonly (readonly [number | undefined, string, NodeBar['tone']])[],
  goneAt: number | undefined,
): readonly NodeBar[] {
  const known = times.flatMap(([from, label, tone]) => (from === undefined ? [] : [{ from, label, tone }]));
  return known.map(({ from, label, tone }, at) => {
    const until = known[at + 1]?.from ?? goneAt;
    return {
      label,
      from,
      tone,
      ...present({ until }),
      state: until === undefined ? l10n.t('now') : l10n.t('over'),
    };
  });
}
