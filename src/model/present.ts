/** From ways of leaving things out that others have to the domain's. */

/** What {@link present} leaves of a type. */
export type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are there: the domain leaves an unknown out, others set it to undefined. */
export function present<T extends object>(members: T): Present<T> {
  const found: Partial<T> = {};
  // Called for each of thousands of objects: lists of its members in between cost more than all else.
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) found[name] = members[name];
  }
  return found as Present<T>;
}

/** The items that are there: for lists of which some items depend on a condition. */
export function presentItems<T>(...items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}
