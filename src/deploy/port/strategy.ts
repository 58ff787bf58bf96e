/** How what runs takes the code, and what that means to whoever decides about it. */

export interface Strategy {
  /** As ledger, records and `slipway.json` spell it. */
  readonly id: string;
  /** Leaves initialization script and arguments as they are, whatever was chosen. */
  readonly keepsRest: boolean;
  /** What runs is started anew with the code. */
  readonly restarts: boolean;
  /** Nobody need look at it, so that a save may use it. */
  readonly mayRunOnSave: boolean;
}

/** The id where a strategy of the kind has it; undefined for anything else, as a later Slipway or a stranger wrote. */
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
