/** Tooltips of the Resources view: the facts of a thing, in Markdown, read when the pointer rests on the row. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { page, plain } from '../markdown';
import { isNotice, isThing, kindOf, type ResourceNode } from './node';
import type { ResourceSource } from './source';

/**
 * The tooltip of a row; undefined for a notice, and for a row that has none. Asks AWS for facts that the list
 * does not have. The tooltip says if AWS could not be asked, and if the row shows an earlier read.
 */
export async function tooltipOf(
  node: ResourceNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<vscode.MarkdownString | undefined> {
  if (isNotice(node)) return undefined;
  const text = await kindOf(node).tooltip(node, source, signal);
  if (text === undefined) return undefined;
  const seen =
    isThing(node) && node.asOf !== undefined
      ? plain(l10n.t('The row shows what was seen {0}.', { 0: new Date(node.asOf).toLocaleString() }))
      : undefined;
  return new vscode.MarkdownString(page([text, seen]));
}
