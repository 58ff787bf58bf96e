/** Which operations of the ledger deploy code. */

/** Kind of such an operation. `code` is older than the table of kinds of targets, and belongs to the first of them. */
export type OperationKind = 'code' | `code-${string}`;

/** Whether an operation deploys code, to whatever kind of target. */
export function isDeployment({ kind }: { readonly kind: string }): boolean {
  return kind === 'code' || kind.startsWith('code-');
}
