/** Text in a command for a POSIX shell. */

/** A word that the shell takes as it is. Between single quotes only the single quote itself means something. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
