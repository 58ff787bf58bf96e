/**
 * Kind of an operation that deploys code. `code` stands for deployments to kdb clusters, since
 * ledgers used it before there were several kinds of targets.
 */
export type OperationKind = 'code' | `code-${string}`;

/** Returns true if an operation deploys code, to any kind of target. */
export function isDeployment({ kind }: { readonly kind: string }): boolean {
  return kind === 'code' || kind.startsWith('code-');
}
