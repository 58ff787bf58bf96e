/** How all of S3's lists are divided: prefix, grouping by delimiter, page size. */

export interface PageRequest {
  readonly prefix: string;
  /** Empty: no grouping. */
  readonly delimiter: string;
  readonly size: number;
  /** A common prefix that an earlier page has already listed. */
  readonly afterPrefix?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The prefixes that stand for keys with a common part up to the delimiter. */
  readonly prefixes: readonly string[];
  /** The last item or prefix of a page that is not the last; absent on the last page. */
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
