/** Members that are left out of an object rather than set to nothing. */

/** An object without the members that may be missing; those that are there have a value. */
type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The members that are not undefined. */
export function present<T extends object>(members: T): Present<T> {
  return without(members, (value) => value === undefined);
}

/** As Go's `omitempty`, by which Kubernetes writes JSON: without what is undefined, 0, or an empty text, list or map. */
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
