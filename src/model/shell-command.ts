/** Commands for a POSIX shell, for the user to copy. */

/** A word that the shell does not interpret. Inside single quotes, only the single quote has a meaning. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A kubectl command that names its context, so that it does not depend on the current one.
 * @param clusterArn the name that `aws eks update-kubeconfig` gives to the context
 */
export function kubectl(clusterArn: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', clusterArn, ...words].map(shellWord).join(' ');
}
