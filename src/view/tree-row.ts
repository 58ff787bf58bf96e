/**
 * Rows of trees in VS Code's form. The texts of a row are made safe to show here, and nowhere else. Tooltips
 * in Markdown are not made here.
 */
import * as vscode from 'vscode';
import { type RowIcon, TONE_COLORS } from './row-icon';
import { labelText, tooltipText } from './shown';

export interface TreeRow extends Partial<RowIcon> {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /**
   * The lines of the tooltip. Absent: VS Code repeats the label, unless the tooltip is read later, when the pointer
   * rests on the row.
   */
  readonly tooltip?: readonly string[];
  /** True if the icon is drawn pale, whatever its tone. */
  readonly isPale?: boolean;
  /** The context value, for menus. */
  readonly context: string;
  /** The text for screen readers; absent: the label. */
  readonly spoken?: string;
  /** Absent: the row has no rows below it. */
  readonly open?: 'expanded' | 'collapsed';
  readonly command?: vscode.Command;
}

export function treeItem(row: TreeRow): vscode.TreeItem {
  const item = new vscode.TreeItem(labelText(row.label), stateOf(row.open));
  item.id = row.id;
  item.contextValue = row.context;
  if (row.description !== undefined) item.description = labelText(row.description);
  if (row.tooltip) item.tooltip = tooltipText(row.tooltip);
  if (row.icon !== undefined) {
    const color = row.isPale ? 'disabledForeground' : row.tone && TONE_COLORS[row.tone];
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
  }
  if (row.spoken !== undefined) item.accessibilityInformation = { label: labelText(row.spoken) };
  if (row.command) item.command = row.command;
  return item;
}

function stateOf(open: TreeRow['open']): vscode.TreeItemCollapsibleState {
  if (open === undefined) return vscode.TreeItemCollapsibleState.None;
  return open === 'expanded'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
