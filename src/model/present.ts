/** Leaves out members and items that are undefined. */

/** What {@link present} leaves of a type. */
export type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are defined: the domain leaves out what is unknown, where others set it to undefined. */
export function present<T extends object>(members: T): Present<T> {
  const found: Partial<T> = {};
  // Called for each of thousands of objects, where lists of members in between would cost more than all else.
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) found[name] = members[name];
  }
  return found as Present<T>;
}

/** The items that are there: for lists of which some items depend on a condition. */
export function presentItems<T>(...items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}
