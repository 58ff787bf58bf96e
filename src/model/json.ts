/** Plain data: stored in the ledger and carried by failures. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Named facts about an event or a failure; `view` puts them into words. */
export type Facts = Readonly<Record<string, Json | undefined>>;
