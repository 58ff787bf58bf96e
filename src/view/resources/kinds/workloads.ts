/** The row that holds the workloads of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { RowBelow } from '../row';
import type { EksClusterNode } from './eks-cluster';
import { folder } from './folders';

export interface WorkloadsFolderNode extends RowBelow {
  readonly kind: 'workloads';
  readonly parent: EksClusterNode;
  /** True if workloads that carry no code are shown as well. */
  showsOthers?: boolean;
  /**
   * The keys of the workloads that pages show, each under its page's signal. These workloads are listed even
   * if they carry no code.
   */
  shownAlways?: Map<AbortSignal, string>;
}

/**
 * Keeps a workload in the list until `signal` aborts, even if the workload carries no code. A later call
 * with the same signal has no effect.
 */
export function showAlways(folder: WorkloadsFolderNode, key: string, signal: AbortSignal): void {
  folder.shownAlways ??= new Map();
  const { shownAlways } = folder;
  if (signal.aborted || shownAlways.has(signal)) return;
  shownAlways.set(signal, key);
  signal.addEventListener('abort', () => shownAlways.delete(signal), { once: true });
}

export const WORKLOADS = folder<WorkloadsFolderNode>({
  below: 'eks-cluster',
  // No node group can have this name: names of node groups contain no colon.
  key: ':workloads',
  label: () => l10n.t('Workloads'),
  icon: 'symbol-namespace',
  open: 'collapsed',
  commands: { 'slipway.code.deploy': 'always', 'slipway.workloads.toggleOthers': 'always' },
});
