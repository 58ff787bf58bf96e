/** From ways of leaving things out that others have to the domain's. */

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are there: the domain leaves an unknown out, others set it to undefined. */
export function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
