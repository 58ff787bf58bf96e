/** The row of a node of a managed node group, as reported by its cluster's Kubernetes API. */
import * as l10n from '@vscode/l10n';
import type { SeenNode } from '../../../drain/cluster-seen';
import { type Failure, failureOf } from '../../../model/failure';
import type { Phase } from '../../../model/phase';
import { presentItems } from '../../../model/present';
import { failureWords } from '../../messages/failure';
import { ageWords, nodeLabel, nodeStateWords, toMoveWords, versionWords } from '../../messages/nodes';
import type { RowIcon } from '../../row-icon';
import { connectionNodeOf, type ThingRow } from '../row';
import type { ResourceSource } from '../source';
import type { LiveKind, RowAppearance } from './kind';
import type { NodegroupNode } from './nodegroup';
import { dateWords, sheet } from './sheet';

export interface NodeRow extends ThingRow {
  readonly kind: 'node';
  readonly parent: NodegroupNode;
  readonly node: SeenNode;
}

export const NODE: LiveKind<NodeRow, SeenNode> = {
  below: 'nodegroup',
  list: {
    items: ({ name }, seen) => seen.nodesIn(name),
    key: ({ name }) => name,
    row: (node, start) => ({ ...start, node }),
    none: () => l10n.t('No nodes in the cluster'),
  },
  phase: ({ node }) => PHASES[node.state],
  fine: () => l10n.t('No node needs attention'),
  appearance,
  tooltip,
  console: undefined,
  operations: [],
  commands: {
    'slipway.nodegroup.checkDrain': 'always',
    'slipway.nodegroup.askDrain': 'always',
  },
};

const PHASES: Readonly<Record<SeenNode['state'], Phase>> = {
  ready: 'ready',
  'not-ready': 'failed',
  unknown: 'failed',
  cordoned: 'ready',
  draining: 'busy',
  unread: 'ready',
};

/**
 * The icon shows the state by its shape and not by its colour alone; the words beside it name the state.
 */
const ICONS: Readonly<Record<SeenNode['state'], RowIcon>> = {
  ready: { icon: 'vm', tone: 'fine' },
  'not-ready': { icon: 'error', tone: 'failed' },
  unknown: { icon: 'question', tone: 'degraded' },
  cordoned: { icon: 'circle-slash', tone: 'waiting' },
  draining: { icon: 'sync~spin', tone: 'running' },
  unread: { icon: 'question' },
};

function appearance({ node }: NodeRow): RowAppearance {
  const { name, state, age, toMove, kubeletVersion, anyGroup } = node;
  return {
    label: nodeLabel(name),
    role: l10n.t('node'),
    open: 'collapsed',
    state: nodeStateWords(state),
    words: presentItems(
      age && ageWords(age),
      anyGroup ? l10n.t('group not known') : undefined,
      toMoveWords(toMove),
      kubeletVersion && versionWords(kubeletVersion),
    ),
    ...ICONS[state],
    phase: PHASES[state],
  };
}

async function tooltip(row: NodeRow, source: ResourceSource, signal: AbortSignal): Promise<string> {
  const { node, parent } = row;
  const { name, state, age, toMove, createdAt, anyGroup } = node;
  const release = await releaseOf(row, source, signal);
  return sheet(
    name,
    [
      [l10n.t('Node group'), anyGroup ? l10n.t('not known') : parent.name],
      [l10n.t('State'), nodeStateWords(state)],
      [l10n.t('In the update'), age && ageWords(age)],
      [l10n.t('Pods'), toMoveWords(toMove)],
      [l10n.t('Kubelet'), node.kubeletVersion],
      [l10n.t('System'), node.osImage],
      [l10n.t('AMI release'), typeof release === 'string' ? release : l10n.t('not known')],
      [l10n.t('Image'), node.imageId],
      [l10n.t('Launch template'), node.launchTemplateVersion && `v${node.launchTemplateVersion}`],
      [l10n.t('Instance'), [node.instanceType, node.instanceId].filter(Boolean).join(', ')],
      [l10n.t('Zone'), node.zone],
      [l10n.t('Since'), dateWords(createdAt)],
    ],
    typeof release === 'object' ? [failureWords(release)] : [],
  );
}

/**
 * The node's AMI release, or words that say that the AMI is the user's own. The node group is read for this,
 * since its row may be out of date. Undefined where the release cannot be determined; a failure where the node
 * group could not be read.
 */
async function releaseOf(
  { node, parent }: NodeRow,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<string | Failure | undefined> {
  if (node.sharesImage === undefined) return undefined;
  try {
    const { eks } = await source.services(connectionNodeOf(parent).connection, 'interactive');
    const group = await eks.describeNodegroup(parent.parent.name, parent.name, signal);
    return group.amiType === 'CUSTOM' ? l10n.t('own AMI') : source.nodeRelease(node, group);
  } catch (thrown) {
    return failureOf(thrown);
  }
}
