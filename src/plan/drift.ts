/**
 * The drift guard of every change: a plan rests on the state at the time when it was made. If the state right before
 * the request differs, nothing is sent, and the operation ends as `drifted`.
 */

import { refusalsOf } from '../model/failure';
import type { Facts, Json } from '../model/json';
import { present } from '../model/present';

/** A part that has changed since the plan was made. Plain data, since ledgers store it. */
export type DriftedPart<Part extends string = string> = {
  readonly part: Part;
  /**
   * The value that the plan rests on. Absent if the state that the plan read did not contain the part, or if
   * the ledger stored only the part's name.
   */
  readonly before?: Json;
  /** The present value. Absent if the present state lacks the part, or if only its name was stored. */
  readonly now?: Json;
};

export interface DriftRefusals {
  /** A part that the plan rests on has changed since the plan was made. */
  drift: { readonly drift: readonly DriftedPart[] };
}

/** Code of the refusal for drift. */
export const DRIFT = 'drift';

const refuse = refusalsOf<DriftRefusals>();

type Parts = Readonly<Record<string, Json | undefined>>;

/**
 * Those of `parts` that differ between two reads. Values are compared as JSON texts, so the order of the
 * members of an object counts.
 */
export function driftBetween<S extends object>(
  before: S,
  now: S,
  parts: readonly (keyof S & string)[],
): readonly DriftedPart<keyof S & string>[] {
  const [was, is] = [before as Parts, now as Parts];
  return parts
    .filter((part) => JSON.stringify(was[part]) !== JSON.stringify(is[part]))
    .map((part) => ({
      part,
      ...present({ before: was[part], now: is[part] }),
    }));
}

/** @throws refused `drift` if any part has drifted */
export function refuseDrift(drift: readonly DriftedPart[]): void {
  if (drift.length > 0) throw refuse('drift', { drift });
}

/**
 * The drifted parts that the facts in a ledger contain; empty if they contain none. Slipway now stores the
 * facts of the refusal. Earlier versions stored the facts of an outcome (with `field` for `part`), or only
 * the names of the parts (in `parts`). All these forms are read.
 */
export function driftIn(facts: Facts): readonly DriftedPart[] {
  const told = facts['drift'] ?? facts['parts'];
  return Array.isArray(told) ? told.flatMap((one: Json) => driftedPart(one) ?? []) : [];
}

function driftedPart(one: Json): DriftedPart | undefined {
  if (typeof one === 'string') return { part: one };
  if (!(one instanceof Object) || Array.isArray(one)) return undefined;
  const { part, field = part, before, now } = one as Parts;
  if (typeof field !== 'string') return undefined;
  return { part: field, ...present({ before, now }) };
}
