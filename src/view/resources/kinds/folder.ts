/** Rows that hold rows and stand for nothing else. */
import * as l10n from '@vscode/l10n';
import type { RowAppearance } from '../appearance';
import type { RowBelow } from '../row';
import type { FolderKind } from './kind';

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
