/** The row of a managed node group of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { HealthIssue, Nodegroup } from '../../../model/eks';
import { eksPhase } from '../../../model/phase';
import { present, presentItems } from '../../../model/present';
import type { VERSION_KIND } from '../../../nodegroup/apply/apply';
import type { CONFIG_KIND } from '../../../nodegroup/apply/config';
import type { Attention, AttentionCode } from '../../../nodegroup/attention/attention';
import type { OTHER_KIND } from '../../../nodegroup/follow/follow';
import { failureWords } from '../../messages/failure';
import { attentionDetail, attentionLines } from '../../messages/nodegroup';
import { statusWords } from '../../messages/phase';
import { connectionNodeOf, type DetailedRow } from '../row';
import type { EksClusterNode } from './eks-cluster';
import { eksAppearance, keptOf, standingOf } from './eks-rows';
import type { DetailedKind, RowAppearance } from './kind';
import { dateWords, type SheetLine, sheet } from './sheet';

/** The details that the row shows. They are remembered, and shown until newer ones have been read. */
type SeenNodegroup = Pick<Nodegroup, 'version' | 'status' | 'phase' | 'amiType' | 'releaseVersion'>;

export interface NodegroupNode extends DetailedRow {
  readonly kind: 'nodegroup';
  readonly parent: EksClusterNode;
  details?: Nodegroup;
  remembered?: SeenNodegroup;
  assessment?: { readonly attention: Attention };
}

export const NODEGROUP: DetailedKind<NodegroupNode> = {
  below: 'eks-cluster',
  list: {
    page: (cluster, { eks }, next, signal) => eks.listNodegroups(cluster.name, next, signal),
    key: (name) => name,
    row: (name, start) => ({ ...start, name }),
    whyNone: ({ details }) =>
      details?.autoMode === true
        ? l10n.t('EKS runs the nodes of this cluster itself, and updates them with it.')
        : undefined,
    none: ({ details }) =>
      details?.autoMode === true ? l10n.t('Auto Mode: no node groups') : l10n.t('No managed node groups'),
  },
  details: ({ name, parent }, { eks }, signal) => eks.describeNodegroup(parent.name, name, signal),
  remembered: ({ version, status, phase, amiType, releaseVersion }) => ({
    status,
    phase,
    amiType,
    ...present({ version, releaseVersion }),
  }),
  priority: 'interactive',
  assessment: {
    ask({ details, parent }, reader, signal) {
      // The node group's version is compared with the control plane's, so the read of the cluster must have ended.
      const isParentRead = parent.details !== undefined || parent.failure !== undefined;
      if (!details || !isParentRead) return undefined;
      const { connection } = connectionNodeOf(parent);
      return reader
        .nodegroup(connection, details, parent.details?.version, signal)
        .then((attention) => ({ attention }));
    },
    basis: () => undefined,
    isRefreshedWhole: false,
  },
  fine: () => l10n.t('No node group needs attention'),
  appearance,
  tooltip,
  memory: {
    keep: (row) =>
      keptOf(row, ({ version, status, amiType, releaseVersion: release }: SeenNodegroup) => ({
        version,
        status,
        amiType,
        release,
      })),
    restore: ({ name, version, status, amiType = '', release }, start) => ({
      ...start,
      name,
      ...present({
        remembered:
          status === undefined || status === ''
            ? undefined
            : { status, phase: eksPhase(status), amiType, ...present({ version, releaseVersion: release }) },
      }),
    }),
  },
  console: { service: 'eks', page: (cluster, nodegroup) => `clusters/${cluster}/nodegroups/${nodegroup}` },
  page: {
    name: () => l10n.t('Node group'),
    commands: [
      'slipway.nodegroup.update',
      'slipway.nodegroup.editUpdateSettings',
      'slipway.nodegroup.checkDrain',
      'slipway.nodegroup.history',
    ],
  },
  operations: [
    'nodegroup-version' satisfies typeof VERSION_KIND,
    'nodegroup-config' satisfies typeof CONFIG_KIND,
    'nodegroup-other' satisfies typeof OTHER_KIND,
  ],
  commands: {
    'slipway.nodegroup.update': 'always',
    'slipway.nodegroup.updateSeveral': 'always',
    'slipway.nodegroup.editUpdateSettings': 'always',
    'slipway.nodegroup.checkDrain': 'always',
    'slipway.nodegroup.askDrain': 'always',
    'slipway.nodegroup.history': 'always',
    'slipway.nodegroup.follow': 'while-busy',
  },
};

function appearance(row: NodegroupNode): RowAppearance {
  const seen: SeenNodegroup | undefined = row.details ?? row.remembered;
  return {
    role: l10n.t('node group'),
    ...eksAppearance(row, seen, 'vm', (nodegroup) => seenAppearance(row, nodegroup)),
  };
}

function seenAppearance(row: NodegroupNode, seen: SeenNodegroup): Pick<RowAppearance, 'state' | 'words'> {
  const { state, gravest, others, unknown } = standingOf(row, seen, saidElsewhere(seen));
  const detail = gravest && attentionDetail(gravest);
  return {
    ...present({ state }),
    words: presentItems(
      seen.version,
      ...others,
      detail,
      seen.amiType === 'CUSTOM' ? l10n.t('own AMI') : undefined,
      // While the row shows data of an earlier read, it shows the time of that read instead of the release.
      row.asOf === undefined ? seen.releaseVersion : undefined,
      ...unknown,
    ),
  };
}

/**
 * The codes that the row does not repeat: other words of the row already say that the AMI is custom, and
 * any state other than ready stands for the health issues, too.
 */
function saidElsewhere({ phase }: SeenNodegroup): readonly AttentionCode[] {
  return phase === 'ready' ? ['custom-ami'] : ['custom-ami', 'health-issues'];
}

function tooltip(row: NodegroupNode): string {
  const { details, failure } = row;
  if (failure) return sheet(row.name, [], [failureWords(failure)]);
  if (!details) return sheet(row.name, rememberedLines(row));
  const { launchTemplate } = details;
  return sheet(
    row.name,
    [
      [l10n.t('Kubernetes'), details.version],
      [l10n.t('AMI release'), details.releaseVersion],
      [l10n.t('AMI type'), details.amiType],
      [l10n.t('Status'), statusWords(details.status)],
      [l10n.t('Nodes'), nodesWords(details)],
      [
        l10n.t('Instances'),
        [details.capacityType && statusWords(details.capacityType), ...details.instanceTypes]
          .filter(Boolean)
          .join(', '),
      ],
      [
        l10n.t('Launch template'),
        launchTemplate && `${launchTemplate.name ?? launchTemplate.id} v${launchTemplate.version ?? '?'}`,
      ],
      [l10n.t('At once'), unavailableWords(details)],
      [l10n.t('Changed'), dateWords(details.modifiedAt)],
    ],
    attentionLinesOf(row, details.health),
  );
}

function rememberedLines({ remembered }: NodegroupNode): readonly SheetLine[] {
  return [
    [l10n.t('Kubernetes'), remembered?.version],
    [l10n.t('AMI release'), remembered?.releaseVersion],
    [l10n.t('AMI type'), remembered?.amiType],
    [l10n.t('Status'), remembered && statusWords(remembered.status)],
  ];
}

function nodesWords({ scaling: { min, desired, max } }: Nodegroup): string | undefined {
  if (min === undefined || desired === undefined || max === undefined) return undefined;
  return l10n.t('{0} (min {1}, max {2})', { 0: desired, 1: min, 2: max });
}

function unavailableWords({ updateConfig }: Nodegroup): string | number | undefined {
  const { maxUnavailable, maxUnavailablePercentage } = updateConfig;
  if (maxUnavailable !== undefined) return maxUnavailable;
  return maxUnavailablePercentage === undefined ? undefined : `${maxUnavailablePercentage} %`;
}

/** The items that need attention; health issues are listed one by one with AWS's own words. */
function attentionLinesOf({ assessment }: NodegroupNode, health: readonly HealthIssue[]): readonly string[] {
  const others = assessment && {
    ...assessment.attention,
    items: assessment.attention.items.filter(({ code }) => code !== 'health-issues'),
  };
  return [
    ...health.map((issue) => `${issue.code}: ${issue.message}`),
    ...(others ? attentionLines(others) : []),
  ];
}
