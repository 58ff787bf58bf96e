/** Leaves out members and items that are undefined. */

/** What {@link present} leaves of a type. */
export type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * The members that are defined: the domain's types leave out an unknown member, while other code sets it to
 * undefined.
 */
export function present<T extends object>(members: T): Present<T> {
  const found: Partial<T> = {};
  // A loop and no intermediate lists: this is called for each of thousands of objects, where lists would cost most of
  // the time.
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) found[name] = members[name];
  }
  return found as Present<T>;
}

/** The defined items, for lists in which some items depend on a condition. */
export function presentItems<T>(...items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}
