/** All EKS clusters of a connection. */
import * as l10n from '@vscode/l10n';
import type { ConnectionNode, RowBelow } from '../row';
import { folder } from './folder';

export interface EksFolderNode extends RowBelow {
  readonly kind: 'eks';
  readonly parent: ConnectionNode;
}

export const EKS = folder<EksFolderNode>({
  below: 'connection',
  key: 'eks',
  label: () => l10n.t('EKS Clusters'),
  icon: 'layers',
  open: 'expanded',
  commands: { 'slipway.nodegroup.update': 'always', 'slipway.nodegroup.updateSeveral': 'always' },
});
