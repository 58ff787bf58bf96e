/** Pairs files with the results about them. */

/** @throws after the last pair, if the lists differ in length */
export function* pairsOf<A, B>(these: readonly A[], those: readonly B[]): Generator<readonly [A, B]> {
  const others = those[Symbol.iterator]();
  for (const one of these) {
    const other = others.next();
    if (other.done) break;
    yield [one, other.value];
  }
  if (these.length !== those.length) throw new Error(`${these.length} files, but ${those.length} results`);
}
