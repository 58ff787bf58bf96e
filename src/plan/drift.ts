/**
 * The drift guard of every change: a plan rests on what was there when it was made. Where something else is there right
 * before the request, nothing is sent, and the operation ends as `drifted`.
 */

import { refusalsOf } from '../model/failure';
import type { Facts, Json } from '../model/json';
import { present } from '../model/present';

/** A part that changed since the plan was made. Plain data, since ledgers keep it. */
export type DriftedPart<Part extends string = string> = {
  readonly part: Part;
  /** What the plan rests on. Absent: it was not there, or was not shown. */
  readonly before?: Json;
  /** What is there now. Absent: as above. */
  readonly now?: Json;
};

export interface DriftRefusals {
  /** Somebody else has changed what the plan rests on. */
  drift: { readonly drift: readonly DriftedPart[] };
}

/** Code of that refusal. */
export const DRIFT = 'drift';

const refuse = refusalsOf<DriftRefusals>();

type Parts = Readonly<Record<string, Json | undefined>>;

/** The parts in which two looks differ. Values that are no plain texts or numbers are compared as JSON. */
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

/** @throws refused `drift`, unless nothing has drifted. */
export function refuseDrift(drift: readonly DriftedPart[]): void {
  if (drift.length > 0) throw refuse('drift', { drift });
}

/**
 * The drift that a ledger tells of, in whatever form it was written: facts of the refusal, or, in an earlier form, the
 * facts of an outcome (`field` for `part`) or the names of the parts alone (`parts`). Empty where they tell of none.
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
