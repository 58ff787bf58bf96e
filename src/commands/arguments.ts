/** What VS Code hands to a command from a row of a tree. */

import { refuse } from '../view/messages/refusals/commands';
import { type ResourceNode, ROW_KINDS } from '../view/resources/node';

const KINDS: ReadonlySet<string> = new Set(ROW_KINDS);

/** The row that a command was started from; undefined when it came from the palette. */
export function nodeOf(argument: unknown): ResourceNode | undefined {
  return argument instanceof Object && 'kind' in argument && KINDS.has(String(argument.kind))
    ? (argument as ResourceNode)
    : undefined;
}

/** The rows that were selected together with the one that a command was started from, that one included. */
export function nodesOf(row: unknown, selected: unknown): readonly ResourceNode[] {
  const rows = Array.isArray(selected) && selected.length > 0 ? selected : [row];
  return rows.map(nodeOf).filter((node) => node !== undefined);
}

/**
 * VS Code hands over a row and those selected with it, and nothing for a row that it is asking for anew at that moment.
 * Taken for a start from the palette, the command would go on with another row than the one that was clicked.
 * @throws refusal `row-read-anew`
 */
export function requireClickedRow(args: readonly unknown[]): void {
  if (args.length > 1 && args[0] === undefined) throw refuse('row-read-anew');
}
