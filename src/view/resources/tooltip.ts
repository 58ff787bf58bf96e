/** Tooltips of the Resources view: what is known of a thing, in Markdown, read when the pointer rests on the row. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { page, plain } from '../markdown';
import { isNotice, isThing, kindOf, type ResourceNode } from './node';
import type { ResourceSource } from './source';

/**
 * What is known of a thing, as Markdown; undefined for a row that stands for none. Asks AWS where the list did not say
 * enough; says so where that fails, or what is from before.
 */
export async function sheetOf(
  node: ResourceNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isNotice(node)) return undefined;
  const text = await kindOf(node).tooltip(node, source, signal);
  if (text === undefined) return undefined;
  const seen =
    isThing(node) && node.asOf !== undefined
      ? plain(l10n.t('The row shows what was seen {0}.', { 0: new Date(node.asOf).toLocaleString() }))
      : undefined;
  return page([text, seen]);
}

/** The tooltip of a row. */
export async function tooltipOf(
  node: ResourceNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<vscode.MarkdownString | undefined> {
  const text = await sheetOf(node, source, signal);
  return text === undefined ? undefined : new vscode.MarkdownString(text);
}
