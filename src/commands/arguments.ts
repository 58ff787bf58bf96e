/** What VS Code hands to a command from a row of a tree. */
import type { ResourceNode } from '../view/resources/node';

const KINDS: ReadonlySet<string> = new Set([
  'connection',
  'kdb',
  'eks',
  'environment',
  'kdb-cluster',
  'eks-cluster',
  'nodegroup',
  'failure',
  'empty',
  'more',
] satisfies ResourceNode['kind'][]);

/** The row that a command was started from; undefined when it came from the palette. */
export function nodeOf(argument: unknown): ResourceNode | undefined {
  return argument instanceof Object && 'kind' in argument && KINDS.has(String(argument.kind))
    ? (argument as ResourceNode)
    : undefined;
}
