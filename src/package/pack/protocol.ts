/** The messages between the extension host and the coordinator. */
import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../../model/failure';
import type { Manifest, ManifestEntry } from '../manifest';
import type { LeftOut, PackedZip, PackProgress, PackRequest, SecretFinding, SourceLoad } from '../packer';
import type { SourceItem, SourceStat } from '../source-tree';
import type { CancelFlag } from './cancel';
import type { Splice } from './manifest-delta';

/** The data with which a worker thread is started. */
export type WorkerRole =
  /** `owner` names the packer in the cache. */
  { readonly role: 'coordinator'; readonly owner: string } | { readonly role: 'helper' };

/** Starts a run. Everything about it goes through `port` from then on. */
export interface RunOrder {
  readonly kind: 'scan' | 'pack' | 'scan-and-pack';
  readonly request: Omit<PackRequest, 'tree'>;
  /** The folder is read by asking through the port. */
  readonly virtual: boolean;
  readonly expected?: string;
  /** Digest of the manifest that the other side holds already: what has not changed need not cross again. */
  readonly held?: string;
  readonly cancel: CancelFlag;
  readonly port: MessagePort;
}

/** What a run answers first; the long lists follow in slices. */
export interface Head {
  readonly manifest: Omit<Manifest, 'entries'>;
  /** Where they are there, the entries that follow are those that were added to the manifest that is held. */
  readonly splices?: readonly Splice[];
  /** How many slices there are. */
  readonly slices: number;
  /** The zip, where one was made. */
  readonly zip?: Omit<PackedZip, 'manifest'>;
}

/** The long lists of an answer. */
export interface Lists {
  readonly entries: readonly ManifestEntry[];
  readonly leftOut: readonly LeftOut[];
  readonly secrets: readonly SecretFinding[];
  readonly loads: readonly SourceLoad[];
}

/** From the coordinator, through a run's port. */
export type RunMessage =
  | { readonly kind: 'progress'; readonly progress: PackProgress }
  | { readonly kind: 'ask'; readonly id: number; readonly ask: TreeQuestion }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** `slices` holds the long lists already, to be taken out piece by piece. */
  | { readonly kind: 'done'; readonly head: Head; readonly slices: MessagePort }
  /** Everything is written down; the thread is free for the next order. */
  | { readonly kind: 'over' };

/** To the coordinator, through a run's port. */
export type ClientMessage =
  | { readonly kind: 'told'; readonly id: number; readonly answer: TreeAnswer }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string };

/** A question about a folder that only the extension host can read. */
export interface TreeQuestion {
  readonly about: 'list' | 'stat' | 'read';
  readonly path: string;
}

/** A content comes in slices. */
export type TreeAnswer =
  | { readonly items: readonly SourceItem[] }
  | { readonly stat: SourceStat }
  | { readonly slice: Uint8Array; readonly isLast: boolean };
