/**
 * Finds items by path in a list that is sorted like the paths in a zip. Looking up paths in this order costs
 * almost nothing.
 */
import { compareUtf8 } from './utf8-order';

export class ByPath<T> {
  /** The index that is tried first for the next path, before the whole list is searched. */
  private at = 0;

  constructor(
    private readonly items: readonly T[],
    private readonly pathOf: (item: T) => string,
  ) {}

  find(path: string): T | undefined {
    const place = this.placeOf(path);
    return place === undefined ? undefined : this.items[place];
  }

  /** Index of the path's item in the list; undefined if there is none. */
  placeOf(path: string): number | undefined {
    if (!this.isAt(path)) {
      this.at = this.search(path);
      if (!this.isAt(path)) return undefined;
    }
    this.at += 1;
    return this.at - 1;
  }

  private isAt(path: string): boolean {
    const item = this.items[this.at];
    return item !== undefined && this.pathOf(item) === path;
  }

  /** Index of the first item whose path does not come before `path`. */
  private search(path: string): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(this.pathOf(this.items[middle] as T), path) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
