/** The subnets of a cluster or a node group, folded. */
import * as l10n from '@vscode/l10n';
import type { Section } from '../page';
import { copyable } from './buttons';

/** Ids that can be copied. */
export function subnetsSection(subnetIds: readonly string[]): Section {
  const heading = l10n.t('Subnets');
  return {
    id: 'subnets',
    heading,
    note: String(subnetIds.length),
    fold: 'closed',
    blocks: [
      {
        kind: 'table',
        caption: heading,
        head: [],
        rows: subnetIds.map((id) => ({ cells: [copyable(l10n.t('subnet id'), id)] })),
      },
    ],
  };
}
