/** The code of a system call's error, for the facts of a refusal. */

/** `ENOENT`, `EACCES`, …; rethrows what did not come from a system call. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
