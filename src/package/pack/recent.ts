/** Keeps the few things that were used last. */

export class Recent<V> {
  private readonly values = new Map<string, V>();

  /** @param most How many are kept. */
  constructor(private readonly most: number) {}

  /** The value under `key`, made where there is none. */
  get(key: string, make: () => V): V {
    const value = this.values.get(key) ?? make();
    // A map keeps the order of insertion: the first key is the one that was not used for longest.
    this.values.delete(key);
    this.values.set(key, value);
    for (const old of this.values.keys()) {
      if (this.values.size <= this.most) break;
      this.values.delete(old);
    }
    return value;
  }
}
