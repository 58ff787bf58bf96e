/** Commands that narrow the Resources view to rows that need attention, and show all rows again. */
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CommandHandlers } from '../view/command-ids';
import { setContextKey } from '../view/context-keys';
import type { ResourceNode } from '../view/resources/node';
import type { Resources } from '../view/resources/resources';

export type AttentionCommands = Pick<
  CommandHandlers,
  'slipway.resources.showAttention' | 'slipway.resources.showAll'
>;

export function attentionCommands(
  resources: Resources,
  view: Pick<vscode.TreeView<ResourceNode>, 'message'>,
): AttentionCommands {
  const show = async (onlyAttention: boolean): Promise<void> => {
    await setContextKey('slipway.onlyAttention', onlyAttention);
    resources.filter(onlyAttention);
    view.message = onlyAttention ? l10n.t('Only what needs attention') : '';
  };
  return {
    'slipway.resources.showAttention': () => show(true),
    'slipway.resources.showAll': () => show(false),
  };
}
