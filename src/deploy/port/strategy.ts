/** A way in which a running target takes new code, and what that way implies. */

export interface Strategy {
  /** As ledger, records and `slipway.json` spell it. */
  readonly id: string;
  /** True if script and arguments stay as they are, whatever was chosen. */
  readonly keepsRest: boolean;
  /** True if the processes are restarted with the code. */
  readonly restarts: boolean;
  /** True if nobody has to watch it, so that a save may use it. */
  readonly mayRunOnSave: boolean;
}

/** The id if a strategy of the kind has it; undefined for any other text, such as one of a later Slipway. */
export function knownStrategy(
  { strategies }: { readonly strategies: readonly Strategy[] },
  id: string | undefined,
): string | undefined {
  return strategies.find((strategy) => strategy.id === id)?.id;
}

/** @throws for a name that no strategy of the list has. */
export function strategyNamed(strategies: readonly Strategy[], id: string): Strategy {
  const found = strategies.find((strategy) => strategy.id === id);
  if (found === undefined) throw new Error(`there is no strategy ${id}`);
  return found;
}
