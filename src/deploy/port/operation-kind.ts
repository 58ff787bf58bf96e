/**
 * Kind of an operation that deploys code. `code` belongs to the first kind of target: it is older than the table of
 * kinds.
 */
export type OperationKind = 'code' | `code-${string}`;

/** Returns true if an operation deploys code, to any kind of target. */
export function isDeployment({ kind }: { readonly kind: string }): boolean {
  return kind === 'code' || kind.startsWith('code-');
}
