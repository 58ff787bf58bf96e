/** The row of a connection: a profile, or the sandbox, in a region. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../model/connection';
import { presentItems } from '../../../model/present';
import type { ConnectionNode } from '../row';
import type { RowKind } from './kind';
import { sheet } from './sheet';

export function connectionLabel(connection: Connection): string {
  return connection.source.kind === 'sandbox' ? l10n.t('Sandbox') : connection.source.profile;
}

export const CONNECTION: RowKind<ConnectionNode> = {
  appearance: ({ connection, identity }) => ({
    label: connectionLabel(connection),
    icon: connection.source.kind === 'sandbox' ? 'beaker' : 'account',
    words: presentItems(connection.region, identity?.accountId),
    role: l10n.t('connection'),
    open: 'expanded',
  }),
  tooltip: ({ connection, identity }) =>
    sheet(connectionLabel(connection), [
      [l10n.t('Region'), connection.region],
      [l10n.t('Account'), identity?.accountId],
      [l10n.t('Identity'), identity?.arn],
    ]),
  commands: {
    'slipway.connection.signIn': 'in-aws',
    'slipway.connection.editConfig': 'in-aws',
    'slipway.connection.changeRegion': 'always',
    'slipway.connection.remove': 'always',
  },
};
