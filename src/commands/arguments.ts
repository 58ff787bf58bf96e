/** The arguments that VS Code gives to a command from a row of a tree. */

import { refuse } from '../view/messages/refusals/commands';
import { type ResourceNode, ROW_KINDS } from '../view/resources/node';

const KINDS: ReadonlySet<string> = new Set(ROW_KINDS);

/**
 * The row of the Resources view on which a command was started; undefined if it was started elsewhere,
 * such as from the palette.
 */
export function nodeOf(argument: unknown): ResourceNode | undefined {
  return argument instanceof Object && 'kind' in argument && KINDS.has(String(argument.kind))
    ? (argument as ResourceNode)
    : undefined;
}

/** All selected rows, including the one on which the command was started. */
export function nodesOf(row: unknown, selected: unknown): readonly ResourceNode[] {
  const rows = Array.isArray(selected) && selected.length > 0 ? selected : [row];
  return rows.map(nodeOf).filter((node) => node !== undefined);
}

/**
 * While VS Code reads a row of the tree again, a click on that row starts the command without the row.
 * Without this check, the command would count as started from the palette, and might act on a different
 * row.
 * @throws refused `row-read-anew`
 */
export function requireClickedRow(args: readonly unknown[]): void {
  if (args.length > 1 && args[0] === undefined) throw refuse('row-read-anew');
}
