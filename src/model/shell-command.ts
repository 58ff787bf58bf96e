/** Commands for a POSIX shell, for the user to copy. */

/**
 * The word, quoted if necessary, so that the shell does not interpret it. Inside single quotes, only the
 * single quote has a meaning.
 */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A kubectl command that names a context, so that the command does not depend on the user's current context.
 * @param clusterArn the name that `aws eks update-kubeconfig` gives to the context
 */
export function kubectl(clusterArn: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', clusterArn, ...words].map(shellWord).join(' ');
}
