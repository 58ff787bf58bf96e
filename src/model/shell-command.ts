/** Commands for a POSIX shell, as they are shown to be copied. */

/** A word that the shell takes as it is. Between single quotes only the single quote itself means something. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A kubectl command. It names its cluster, so that it does not depend on which context is the current one.
 * @param clusterArn which is what `aws eks update-kubeconfig` calls the context
 */
export function kubectl(clusterArn: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', clusterArn, ...words].map(shellWord).join(' ');
}
