/** A way in which a running target takes new code, and its consequences. */

export interface Strategy {
  /** The id in the ledger, in records and in `slipway.json`. */
  readonly id: string;
  /** True if script and arguments stay unchanged, even if others were chosen. */
  readonly keepsRest: boolean;
  /** True if the processes are restarted with the code. */
  readonly restarts: boolean;
  /** True if nobody has to watch the update, so that deploy on save may use the strategy. */
  readonly mayRunOnSave: boolean;
}

/**
 * The id if a strategy of the kind has it; undefined for any other text, such as the id of a strategy that
 * only a later version of Slipway has.
 */
export function knownStrategy(
  { strategies }: { readonly strategies: readonly Strategy[] },
  id: string | undefined,
): string | undefined {
  return strategies.find((strategy) => strategy.id === id)?.id;
}

/** @throws for an id that no strategy of the list has */
export function strategyNamed(strategies: readonly Strategy[], id: string): Strategy {
  const found = strategies.find((strategy) => strategy.id === id);
  if (found === undefined) throw new Error(`there is no strategy ${id}`);
  return found;
}
