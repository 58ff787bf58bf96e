/** Values that are kept so that they need not be made or requested again. */
import type { Clock } from './clock';

/** Returns the value under `key`. If there is none, calls `make` and keeps the value that it returns. */
export function getOrMake<K, V>(
  values: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = values.get(key);
  if (known !== undefined) return known;
  const value = make();
  values.set(key, value);
  return value;
}

/**
 * A function that makes a value at its first call and returns the same value later: for values that are
 * expensive to make and often not needed.
 */
export function atFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export interface LoadOnce<T> {
  (): Promise<T>;
  /** The load that is under way or has succeeded; undefined if there is none. */
  begun(): Promise<T> | undefined;
}

/** A function that loads at its first call, once for all callers; after a failed load, the next call loads again. */
export function loadOnce<T>(load: () => Promise<T>): LoadOnce<T> {
  let loading: Promise<T> | undefined;
  const loaded = (): Promise<T> => {
    loading ??= load().catch((thrown: unknown) => {
      loading = undefined;
      throw thrown;
    });
    return loading;
  };
  return Object.assign(loaded, { begun: () => loading });
}

/** Keeps a limited number of values by key: those that were used most recently. */
export class LeastRecentlyUsed<V> {
  private readonly values = new Map<string, V>();

  /** @param most the number of values that are kept */
  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    // A map keeps the order of insertion: its first key is the one that has not been used for the longest time.
    this.values.delete(key);
    this.values.set(key, value);
    for (const old of this.values.keys()) {
      if (this.values.size <= this.most) break;
      this.values.delete(old);
    }
  }
}

/** Keeps values by key, each for the same length of time. */
export class TtlCache<V> {
  private readonly entries = new Map<string, { readonly at: number; readonly value: V }>();

  /** @param keptMs milliseconds for which `get` returns a value after it was set */
  constructor(
    private readonly clock: Clock,
    private readonly keptMs: number,
  ) {}

  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    return entry && this.clock.now() - entry.at < this.keptMs ? entry.value : undefined;
  }

  set(key: string, value: V): void {
    this.entries.set(key, { at: this.clock.now(), value });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
