/** Copies of objects without the members that are undefined or empty. */

/** An object whose members are all optional, but never undefined. */
type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are not undefined. */
export function present<T extends object>(members: T): Present<T> {
  return without(members, (value) => value === undefined);
}

/**
 * Leaves out the members that are undefined, 0, or an empty text, list or map, as Go's `omitempty` does when
 * Kubernetes writes JSON; unlike Go, keeps `false`.
 */
export function omitEmpty<T extends object>(members: T): Present<T> {
  return without(members, isEmpty);
}

function without<T extends object>(members: T, isLeftOut: (value: unknown) => boolean): Present<T> {
  const kept: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (!isLeftOut(members[name])) kept[name] = members[name];
  }
  return kept as Present<T>;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === 0 || value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
