/** A constant that is dear to make, and often not needed. */

/** @returns gives what `make` has made, which is called at most once. */
export function atFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
