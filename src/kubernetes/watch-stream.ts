/** One watch request: its events, until the answer ends. */
import { failed } from '../model/failure';
import type { KubernetesReason } from '../model/kubernetes-failure';
import { members, word } from '../model/shape';
import { type ObjectReader, objectIn, parsed } from './answers/object';
import { readBody } from './body';
import type { ClusterCaller } from './cluster-caller';
import { Misshapen, type RequestAt, statusFailure } from './failures';
import { LineSplitter } from './line-splitter';
import type { Asked } from './request';
import { statusOf } from './status';

/** A listener that is called with the events of a watch, in their order. A bookmark only calls `heard`. */
export interface Told<T> {
  /** The API server has begun to answer; the changes after {@link WatchQuery.resourceVersion} follow. */
  opened(): void;
  changed(object: T): void;
  removed(object: T): void;
  /** A watch that begins at this resourceVersion continues this watch. */
  heard(resourceVersion: string): void;
}

export interface WatchQuery extends Pick<Asked, 'resource' | 'place' | 'accept'> {
  /**
   * The watch reports the changes after this version: the version of a list, or the last version of an earlier
   * watch.
   */
  readonly resourceVersion: string;
}

/**
 * A watch is given up after this many milliseconds without data: an API server sends a bookmark about
 * once a minute.
 */
const SILENCE_MS = 150_000;
/**
 * Slipway asks the API server to end each watch after a random time between these two, in seconds, so that
 * watches do not end together.
 */
const [SHORTEST_S, LONGEST_S] = [240, 480];

/**
 * Reasons of failures after which a watch is soon tried again, since they usually end without anybody's
 * action.
 */
export const PASSING: ReadonlySet<KubernetesReason> = new Set([
  'unresolved',
  'no-route',
  'broken',
  'misshapen',
  'throttled',
  'server',
  'expired',
  'no-endpoint',
  'mute',
]);

const versioned = members({ metadata: members({ resourceVersion: word }) });

interface Versioned {
  readonly metadata: { readonly resourceVersion: string };
}

/**
 * Resolves when the API server has ended the answer.
 * @throws failure `expired` if the API server no longer knows the changes after `resourceVersion`, whether
 * the head or the body of the answer says so; a failure with the code {@link NO_ANSWER} for silence; any
 * other failure.
 */
export async function watchOnce<T>(
  client: ClusterCaller,
  { resourceVersion, ...asked }: WatchQuery,
  reader: ObjectReader<T>,
  told: Told<T>,
  signal: AbortSignal,
): Promise<void> {
  const timeoutSeconds = Math.round(SHORTEST_S + Math.random() * (LONGEST_S - SHORTEST_S));
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(timeoutSeconds),
  };
  await client.send({ verb: 'watch', ...asked, query }, { signal, attempts: 1 }, async (answer, at) => {
    told.opened();
    const lines = new LineSplitter();
    await readBody(answer, { silenceMs: SILENCE_MS }, client, (piece) => {
      for (const line of lines.push(piece)) tell(parsed(line), reader, told, at);
    });
  });
}

/** The resourceVersion of an object or a list. @throws Misshapen if there is none */
export function resourceVersionIn(object: unknown): string {
  const misfit = versioned(object, 'object');
  if (misfit !== undefined) throw new Misshapen(misfit);
  return (object as Versioned).metadata.resourceVersion;
}

function tell<T>(event: unknown, reader: ObjectReader<T>, told: Told<T>, at: RequestAt): void {
  const { type, object } = event instanceof Object ? (event as { type?: unknown; object?: unknown }) : {};
  if (type === 'ERROR') {
    const status = statusOf(object);
    if (status === undefined) throw new Misshapen('an error of a watch is no Status');
    throw failed(statusFailure(at, status));
  }
  const resourceVersion = resourceVersionIn(object);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      told.changed(objectIn(object, reader, 'object'));
      break;
    case 'DELETED':
      told.removed(objectIn(object, reader, 'object'));
      break;
    case 'BOOKMARK':
      break;
    default:
      throw new Misshapen(`a watch tells of ${JSON.stringify(type)}`);
  }
  told.heard(resourceVersion);
}
