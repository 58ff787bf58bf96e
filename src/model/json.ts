/** Plain data: what the ledger stores and what failures carry. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Named facts about an event or a failure; `view` words them. */
export type Facts = Readonly<Record<string, Json | undefined>>;
