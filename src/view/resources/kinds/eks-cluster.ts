/** The row of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { EksCluster } from '../../../model/eks';
import { eksPhase } from '../../../model/phase';
import { present, presentItems } from '../../../model/present';
import type { Support } from '../../../nodegroup/rules/support';
import type { BATCH } from '../../../operations/batch-plan';
import { failureWords } from '../../messages/failure';
import { attentionLines, supportBadge, supportDetail } from '../../messages/nodegroup';
import { statusWords } from '../../messages/phase';
import { connectionNodeOf, type DetailedRow } from '../row';
import type { ClusterAssessment } from '../source';
import { eksAppearance, keptOf, standingOf } from './eks-rows';
import type { EksFolderNode } from './folders';
import type { DetailedKind, RowAppearance } from './kind';
import { sheet } from './sheet';

/** The details that the row shows. They are remembered, and shown until newer ones have been read. */
type SeenCluster = Pick<EksCluster, 'version' | 'status' | 'phase'>;

export interface EksClusterNode extends DetailedRow {
  readonly kind: 'eks-cluster';
  readonly parent: EksFolderNode;
  details?: EksCluster;
  remembered?: SeenCluster;
  assessment?: ClusterAssessment;
}

export const EKS_CLUSTER: DetailedKind<EksClusterNode> = {
  below: 'eks',
  list: {
    page: (_parent, { eks }, next, signal) => eks.listClusters(next, signal),
    key: (name) => name,
    row: (name, start) => ({ ...start, name }),
    none: ({ parent: { connection } }) =>
      l10n.t('No EKS clusters in {region}', { region: connection.region }),
  },
  details: ({ name }, { eks }, signal) => eks.describeCluster(name, signal),
  remembered: ({ version, status, phase }) => ({ version, status, phase }),
  // Details are read in the background, so that those of all clusters of a region do not delay the reads
  // that a user waits for.
  priority: 'background',
  assessment: {
    ask: (row, reader, signal) =>
      row.details && reader.cluster(connectionNodeOf(row).connection, row.details, signal),
    basis: ({ details }) => details?.version,
    isRefreshedWhole: true,
  },
  fine: () => l10n.t('Nothing needs attention'),
  appearance,
  tooltip,
  memory: {
    keep: (row) => keptOf(row, ({ version, status }: SeenCluster) => ({ version, status })),
    restore: ({ name, version, status = '' }, start) => ({
      ...start,
      name,
      ...present({
        remembered: version === undefined ? undefined : { version, status, phase: eksPhase(status) },
      }),
    }),
  },
  console: { service: 'eks', page: (cluster) => `clusters/${cluster}` },
  page: {
    name: () => l10n.t('EKS cluster'),
    inside: () => l10n.t('in the cluster'),
    commands: [
      'slipway.eksCluster.readiness',
      'slipway.nodegroup.updateSeveral',
      'slipway.nodegroup.history',
      'slipway.eksCluster.copyKubernetesRole',
    ],
  },
  operations: ['batch' satisfies typeof BATCH],
  // Auto Mode makes nodes outside of node groups: a cluster in Auto Mode counts as empty until its list
  // of node groups has been read.
  isEmpty: ({ details }, nodegroups) => (nodegroups ? nodegroups.length === 0 : details?.autoMode === true),
  commands: {
    'slipway.nodegroup.updateSeveral': 'unless-empty',
    'slipway.nodegroup.history': 'always',
    'slipway.eksCluster.readiness': 'always',
    'slipway.eksCluster.exportReadiness': 'always',
    'slipway.eksCluster.copyKubernetesRole': 'always',
    'slipway.workload.showSnippet': 'always',
  },
};

function appearance(row: EksClusterNode): RowAppearance {
  const seen: SeenCluster | undefined = row.details ?? row.remembered;
  return {
    role: l10n.t('EKS cluster'),
    ...eksAppearance(row, seen, 'layers', (cluster) => seenAppearance(row, cluster)),
  };
}

function seenAppearance(row: EksClusterNode, seen: SeenCluster): Pick<RowAppearance, 'state' | 'words'> {
  const { state, others, unknown } = standingOf(row, seen, []);
  const support = supportOf(row);
  const words = support && supportDetail(support);
  return {
    ...present({ state }),
    words: presentItems(seen.version, words, ...others, ...unknown),
  };
}

function supportOf({ assessment }: EksClusterNode): Support | undefined {
  return assessment?.support.known ? assessment.support.value : undefined;
}

function tooltip(row: EksClusterNode): string {
  if (row.failure) return sheet(row.name, [], [failureWords(row.failure)]);
  const cluster: Partial<EksCluster> | undefined = row.details ?? row.remembered;
  const support = supportOf(row);
  return sheet(
    row.name,
    [
      [l10n.t('Kubernetes'), cluster?.version],
      [l10n.t('Platform'), cluster?.platformVersion],
      [l10n.t('Status'), cluster?.status && statusWords(cluster.status)],
      [l10n.t('Support'), support && supportBadge(support)],
      [l10n.t('Upgrade policy'), cluster?.supportType?.toLowerCase()],
    ],
    row.assessment && attentionLines(row.assessment.attention),
  );
}
