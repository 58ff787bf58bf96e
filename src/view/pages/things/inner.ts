/** A table of the things inside a thing: links to their pages, with state and versions. */
import * as l10n from '@vscode/l10n';
import { presentItems } from '../../../model/present';
import { statusWords } from '../../messages/phase';
import type { EnvironmentNode } from '../../resources/kinds/environment';
import type { KdbClusterNode } from '../../resources/kinds/kdb-cluster';
import type { NodegroupNode } from '../../resources/kinds/nodegroup';
import { findingsBlock, mutedText, rowsBlock } from '../blocks';
import { lines, muted, sign } from '../cells';
import type { Cell, Finding, Page, Section } from '../page';
import { thingLink } from './buttons';
import { shortState, statusTone, unseenState } from './state';

/** The list of the things inside a thing, as far as it is known. */
export interface Inner<N = NodegroupNode> {
  readonly rows: readonly N[];
  readonly isReading: boolean;
  /** True if AWS has more of these things than were read. */
  readonly hasMore: boolean;
  /**
   * Slipway's current work on these things, such as `deploying`, by the name of the thing; a thing on
   * which Slipway does not work has no entry. The status that AWS gives may show the work only later.
   */
  readonly busy: ReadonlyMap<string, string>;
  /** Why the things could not be listed, and what the user can do about it. */
  readonly failure?: Finding;
}

/** The most rows that the table shows; the tree shows the rest. */
export const MOST_ROWS = 200;

/** The state of a node group in few words: as it was last seen, even if that was in an earlier session. */
export function nodegroupState({ details, remembered, failure, assessment }: NodegroupNode): Page['state'] {
  const seen = details ?? remembered;
  return seen
    ? shortState(seen.phase, seen.status, assessment?.attention)
    : unseenState(failure !== undefined);
}

/** @param isAuto true if EKS Auto Mode runs nodes outside of node groups */
export function nodegroupsSection(inner: Inner<NodegroupNode>, isAuto: boolean): Section {
  return innerSection(inner, {
    heading: l10n.t('Node groups'),
    head: [l10n.t('Name'), l10n.t('State'), l10n.t('Kubernetes'), l10n.t('AMI release'), l10n.t('Nodes')],
    none: isAuto
      ? l10n.t('No managed node groups: EKS runs the nodes by itself (Auto Mode).')
      : l10n.t('No managed node groups. Nodes that were made without EKS are not listed here.'),
    cells: (row) => {
      const { name, details, remembered } = row;
      const seen = details ?? remembered;
      const state = nodegroupState(row);
      const unseen = muted(seen ? l10n.t('not shown') : '');
      return [
        thingLink(row.id, name),
        busySign(inner, name) ?? sign(state.tone, state.text),
        seen?.version ?? unseen,
        seen?.releaseVersion ?? unseen,
        details?.scaling.desired === undefined ? unseen : String(details.scaling.desired),
      ];
    },
  });
}

export function kdbClustersSection(inner: Inner<KdbClusterNode>): Section {
  return innerSection(inner, {
    heading: l10n.t('Clusters'),
    head: [l10n.t('Name'), l10n.t('State'), l10n.t('Type'), l10n.t('kdb release')],
    none: l10n.t('No clusters in this environment.'),
    cells: (row) => {
      const { name, phase, status, statusReason, type, releaseLabel } = row.summary;
      const state = busySign(inner, name) ?? sign(statusTone(phase, status), statusWords(status));
      return [
        thingLink(row.id, name),
        statusReason === undefined ? state : lines([state, muted(statusReason)]),
        type,
        releaseLabel ?? muted(l10n.t('not shown')),
      ];
    },
  });
}

function busySign({ busy }: Pick<Inner, 'busy'>, name: string): Cell | undefined {
  const verb = busy.get(name);
  return verb === undefined ? undefined : sign('running', verb);
}

interface InnerTable<N> {
  readonly heading: string;
  readonly head: readonly string[];
  /** The text for a list that was read and is empty. */
  readonly none: string;
  readonly cells: (row: N) => readonly Cell[];
}

function innerSection<N extends NodegroupNode | KdbClusterNode | EnvironmentNode>(
  { rows, isReading, hasMore, failure }: Inner<N>,
  { heading, head, none, cells }: InnerTable<N>,
): Section {
  const shown = rows.slice(0, MOST_ROWS);
  const isCut = hasMore || rows.length > MOST_ROWS;
  return {
    id: 'inner',
    heading,
    ...(rows.length > 0 && {
      note: isCut ? l10n.t('the first {0}', { 0: shown.length }) : String(rows.length),
    }),
    blocks: presentItems(
      failure && findingsBlock([failure]),
      shown.length > 0 ? rowsBlock(heading, head, shown.map(cells)) : undefined,
      shown.length > 0 || failure ? undefined : mutedText(isReading ? l10n.t('Reading…') : none),
      isCut ? mutedText(l10n.t('The tree of the Resources view has all of them.')) : undefined,
    ),
  };
}
