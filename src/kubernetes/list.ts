/** Reads whole lists of objects: all pages, and each item as soon as its bytes have arrived. */
import type { IncomingMessage } from 'node:http';
import { isKubernetesReason } from '../model/failure';
import { PageTrail } from '../model/page';
import { present } from '../model/present';
import { count, list, maybe, members, text, where, word } from '../model/shape';
import { type ObjectReader, parsed, readObject } from './answers/object';
import { readBody } from './body';
import type { ClusterCaller } from './cluster-caller';
import { Misshapen } from './failures';
import { ItemSplitter } from './item-splitter';
import type { Asked, Place, Resource } from './request';

/** A list that has been read completely. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** A watch that starts at this version misses no change. */
  readonly resourceVersion: string;
}

export interface ListQuery {
  readonly resource: Resource;
  readonly place?: Place;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /**
   * Called after the first page with the number of further pages, or with 0 if the API server does not give
   * this number. If the function returns false, no further page is read, and {@link listAll} throws
   * {@link NotWanted}.
   */
  readonly goesOn?: (pagesLeft: number) => boolean;
  /**
   * True if the item with this JSON, in UTF-8, is not needed: it is then neither decoded nor parsed, which saves most
   * of the work.
   */
  readonly passesOver?: (json: Buffer) => boolean;
}

/** Thrown when `goesOn` of a query has ended the reading. */
export class NotWanted extends Error {}

/** Items per page, as in kubectl's requests. */
const PAGE_ITEMS = 500;
/** The maximum number of bytes of a page: enough for 500 objects of 128 KB each, which few objects reach. */
const LARGEST_PAGE = 64 * 1024 * 1024;
const SILENCE_MS = 30_000;
/** The maximum number of times that a list is begun: it is begun again if its remaining pages expire. */
const BEGINNINGS = 3;

interface Page<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  readonly next?: string;
  /** The number of items after this page; absent if the API server does not give this number. */
  readonly remaining?: number;
}

/**
 * The shape of a list after an {@link ItemSplitter} took its items out. Only objects are taken out, so an
 * item that is left is not an object.
 */
const head = members({
  items: maybe(where(list(text), (items) => Reflect.get(items, 'length') === 0, 'an item is not an object')),
  metadata: members({ resourceVersion: word, continue: maybe(text), remainingItemCount: maybe(count) }),
});

/** A list that has the shape {@link head}. */
interface HeadBody {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
}

/**
 * All items. A list whose remaining pages have expired is read again from the start, since a partial list
 * is never returned as the whole one.
 * @throws failure `expired` if the list has expired {@link BEGINNINGS} times, or a first page has
 * expired; {@link NotWanted}; refused `list-endless` for a list without an end
 */
export async function listAll<T>(
  client: ClusterCaller,
  query: ListQuery,
  reader: ObjectReader<T>,
  signal: AbortSignal,
): Promise<Listed<T>> {
  for (let beginning = 1; ; beginning += 1) {
    let hasBegun = false;
    const begun = (): void => {
      hasBegun = true;
    };
    try {
      return await readThrough(client, query, reader, { signal, begun });
    } catch (thrown) {
      // A first page shows the present objects. If the API server answers even the request for it with
      // `expired`, an immediate retry does not help.
      if (beginning === BEGINNINGS || !hasBegun || !isKubernetesReason(thrown, 'expired')) throw thrown;
    }
  }
}

async function readThrough<T>(
  client: ClusterCaller,
  query: ListQuery,
  reader: ObjectReader<T>,
  { signal, begun }: { readonly signal: AbortSignal; readonly begun: () => void },
): Promise<Listed<T>> {
  const items: T[] = [];
  let isFirst = true;
  let resourceVersion = '';
  for await (const page of eachPage(client, query, reader, signal)) {
    const pagesLeft = Math.ceil((page.remaining ?? 0) / PAGE_ITEMS);
    if (isFirst && query.goesOn?.(pagesLeft) === false) throw new NotWanted();
    isFirst = false;
    begun();
    for (const item of page.items) items.push(item);
    // Every page shows the objects in their state at the time of the first page, and so has the same
    // resourceVersion.
    resourceVersion = page.resourceVersion;
  }
  return { items, resourceVersion };
}

/** The pages, one after the other. @throws refused `list-endless` */
async function* eachPage<T>(
  client: ClusterCaller,
  query: ListQuery,
  reader: ObjectReader<T>,
  signal: AbortSignal,
): AsyncGenerator<Page<T>, void> {
  const trail = new PageTrail();
  let next: string | undefined;
  do {
    const asked = askedPage(query, next);
    const page = await client.send(asked, { signal }, (answer) => readPage(answer, query, reader, client));
    yield page;
    next = trail.follow(page.next);
  } while (next !== undefined);
}

function askedPage(
  { resource, place, labelSelector, fieldSelector }: ListQuery,
  next: string | undefined,
): Asked {
  return {
    verb: 'list',
    resource,
    query: {
      limit: String(PAGE_ITEMS),
      ...present({ labelSelector, fieldSelector, continue: next }),
    },
    ...present({ place }),
  };
}

async function readPage<T>(
  answer: IncomingMessage,
  { passesOver }: ListQuery,
  reader: ObjectReader<T>,
  client: ClusterCaller,
): Promise<Page<T>> {
  const splitter = new ItemSplitter(reader.unused);
  const items: T[] = [];
  let index = 0;
  await readBody(answer, { most: LARGEST_PAGE, silenceMs: SILENCE_MS }, client, (piece) => {
    for (const json of splitter.push(piece)) {
      if (passesOver?.(json) !== true)
        items.push(readObject(json.toString('utf8'), reader, `items[${index}]`));
      index += 1;
    }
  });
  return { items, ...headOf(parsed(splitter.end())) };
}

function headOf(document: unknown): Omit<Page<unknown>, 'items'> {
  const misfit = head(document, '');
  if (misfit !== undefined) throw new Misshapen(misfit);
  const { metadata } = document as HeadBody;
  const { continue: next, remainingItemCount: remaining } = metadata;
  return {
    resourceVersion: metadata.resourceVersion,
    ...present({ next: next || undefined, remaining }),
  };
}
