/** The workloads of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { RowBelow } from '../row';
import type { EksClusterNode } from './eks-cluster';
import { folder } from './folder';

export interface WorkloadsFolderNode extends RowBelow {
  readonly kind: 'workloads';
  readonly parent: EksClusterNode;
  /** Those that carry no code show, too. */
  showsOthers?: boolean;
}

export const WORKLOADS = folder<WorkloadsFolderNode>({
  below: 'eks-cluster',
  // A node group cannot be named so: names of node groups have no colon.
  key: ':workloads',
  label: () => l10n.t('Workloads'),
  icon: 'symbol-namespace',
  open: 'collapsed',
  commands: { 'slipway.code.deploy': 'always', 'slipway.workloads.toggleOthers': 'always' },
});
