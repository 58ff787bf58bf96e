/**
 * The context value of a row and the commands that its menu offers. The `when` clauses of package.json repeat
 * both.
 */
import type { Connection } from '../../model/connection';
import type { Phase } from '../../model/phase';
import type { OfferedCommands } from './kinds/kind';
import { isThingKind, KINDS, type KindNode, THINGS } from './kinds/table';

/** @param phase the phase of the row's thing, but `busy` while an operation works on the thing. */
export function contextOf(
  kind: KindNode['kind'],
  phase: Phase,
  source: Connection['source']['kind'],
  isEmpty = false,
): string {
  return [kind, phase, ...(isEmpty ? ['empty'] : []), source].join(' ');
}

/** Every command in the menus of a kind of row. */
export function offeredCommands(kind: KindNode['kind']): OfferedCommands {
  return {
    'slipway.resources.refreshRow': 'always',
    ...(isThingKind(kind) && {
      'slipway.resources.copyName': 'always',
      ...(THINGS[kind].console && { 'slipway.resources.openInConsole': 'in-aws' }),
    }),
    ...KINDS[kind].commands,
  };
}
