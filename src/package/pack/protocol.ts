/** The messages between the extension host and the coordinator. */
import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../../model/failure';
import type { Manifest, ManifestEntry } from '../manifest';
import type { LeftOut, PackedZip, PackProgress, PackRequest, SecretFinding, SourceLoad } from '../packer';
import type { SourceItem, SourceStat } from '../source-tree';
import type { CancelFlag } from './cancel';
import type { Splice } from './manifest-delta';

/** The data that a worker thread is started with. */
export type WorkerRole =
  /** `owner`: the packer's name, which is part of the names of its files in the cache. */
  { readonly role: 'coordinator'; readonly owner: string } | { readonly role: 'helper' };

/**
 * Starts a run. All further messages about the run go through `port`, except the slices of long lists, which
 * have a port of their own.
 */
export interface RunOrder {
  readonly kind: 'scan' | 'pack' | 'scan-and-pack';
  readonly request: Omit<PackRequest, 'tree'>;
  /** True: the coordinator asks for the folder's content through the port. */
  readonly virtual: boolean;
  readonly expected?: string;
  /**
   * Digest of the manifest that the client holds from an earlier run. If the coordinator sent this manifest
   * last, and few entries have changed since then, it sends only the changes.
   */
  readonly held?: string;
  readonly cancel: CancelFlag;
  readonly port: MessagePort;
}

/** A run's answer without its long lists, which are sent in slices. */
export interface Head {
  readonly manifest: Omit<Manifest, 'entries'>;
  /**
   * Present if only the changes to the manifest that the client holds are sent: the list of entries then
   * contains only the added ones.
   */
  readonly splices?: readonly Splice[];
  /** Number of slices. */
  readonly slices: number;
  /** Absent if no zip was made. */
  readonly zip?: Omit<PackedZip, 'manifest'>;
}

/** The long lists of an answer. */
export interface Lists {
  readonly entries: readonly ManifestEntry[];
  readonly leftOut: readonly LeftOut[];
  readonly secrets: readonly SecretFinding[];
  readonly loads: readonly SourceLoad[];
}

/** Sent by the coordinator through a run's port. */
export type RunMessage =
  | { readonly kind: 'progress'; readonly progress: PackProgress }
  | { readonly kind: 'ask'; readonly id: number; readonly ask: TreeQuestion }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The long lists already wait in the port `slices`, one message for each slice. */
  | { readonly kind: 'done'; readonly head: Head; readonly slices: MessagePort }
  /** The last message, also of a failed run: the thread is free for the next order. */
  | { readonly kind: 'over' };

/** Sent to the coordinator through a run's port. */
export type ClientMessage =
  | { readonly kind: 'told'; readonly id: number; readonly answer: TreeAnswer }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string };

/** A question about a folder that only the extension host can read. */
export interface TreeQuestion {
  readonly about: 'list' | 'stat' | 'read';
  readonly path: string;
}

/** The answer to a question; for a file's content, one of the slices in which it is sent. */
export type TreeAnswer =
  | { readonly items: readonly SourceItem[] }
  | { readonly stat: SourceStat }
  | { readonly slice: Uint8Array; readonly isLast: boolean };
