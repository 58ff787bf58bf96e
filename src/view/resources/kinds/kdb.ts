/** All kdb environments of a connection. */
import * as l10n from '@vscode/l10n';
import type { ConnectionNode, RowBelow } from '../row';
import { folder } from './folder';

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
