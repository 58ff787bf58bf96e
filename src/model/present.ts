/** Leaves out members and items that are undefined. */

/** The type of the result of {@link present}. */
export type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * A copy without the members that are `undefined`. In the domain's types, a member whose value is unknown is
 * absent, not `undefined`.
 */
export function present<T extends object>(members: T): Present<T> {
  const found: Partial<T> = {};
  // A loop over the names instead of lists of pairs: this is called for thousands of objects, and creating
  // the pairs would take most of the time.
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) found[name] = members[name];
  }
  return found as Present<T>;
}

/** The defined items, for lists in which some items depend on a condition. */
export function presentItems<T>(...items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}
