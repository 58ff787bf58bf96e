/** The declaration of rows that only hold other rows, and the folders right below a connection. */
import * as l10n from '@vscode/l10n';
import type { ConnectionNode, RowBelow } from '../row';
import type { FolderKind, RowAppearance } from './kind';

export function folder<N extends RowBelow>({
  below,
  key,
  label,
  icon,
  open,
  commands,
}: Pick<FolderKind<N>, 'below' | 'key' | 'commands'> &
  Required<Pick<RowAppearance, 'icon' | 'open'>> & { readonly label: () => string }): FolderKind<N> {
  return {
    below,
    key,
    appearance: () => ({ label: label(), icon, words: [], role: l10n.t('group'), open }),
    tooltip: () => undefined,
    commands,
  };
}

export interface KdbFolderNode extends RowBelow {
  readonly kind: 'kdb';
  readonly parent: ConnectionNode;
}

export const KDB = folder<KdbFolderNode>({
  below: 'connection',
  key: 'kdb',
  label: () => l10n.t('kdb Environments'),
  icon: 'server-environment',
  open: 'expanded',
  commands: { 'slipway.code.deploy': 'always', 'slipway.code.history': 'always' },
});

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
