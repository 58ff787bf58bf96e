/**
 * The pages of S3's lists of objects, versions and multipart uploads: filtered by prefix, grouped by
 * delimiter, limited in size.
 */

export interface PageRequest {
  readonly prefix: string;
  /** If empty, keys are not grouped. */
  readonly delimiter: string;
  readonly size: number;
  /**
   * A common prefix to leave out, since an earlier page has listed it. A value that is no common prefix has
   * no effect.
   */
  readonly afterPrefix?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Common prefixes: each ends with the delimiter, and stands for all keys that begin with the prefix. */
  readonly prefixes: readonly string[];
  /** The item or prefix with which the page ends; absent on the last page of the list, and if `size` is 0. */
  readonly next?: { readonly item: T } | { readonly prefix: string };
}

/** @param items sorted by key, beginning with the first that the page may contain */
export function pageOf<T extends { readonly key: string }>(
  items: readonly T[],
  { prefix, delimiter, size, afterPrefix }: PageRequest,
): Page<T> {
  const taken: T[] = [];
  const prefixes: string[] = [];
  let last: Page<T>['next'];
  for (const item of items) {
    if (!item.key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : item.key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : item.key.slice(0, cut + delimiter.length);
    if (common !== undefined && (common === afterPrefix || common === prefixes.at(-1))) continue;
    if (taken.length + prefixes.length === size)
      return { items: taken, prefixes, ...(last && { next: last }) };
    if (common === undefined) {
      taken.push(item);
      last = { item };
    } else {
      prefixes.push(common);
      last = { prefix: common };
    }
  }
  return { items: taken, prefixes };
}
