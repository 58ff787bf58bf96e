/**
 * The interface of packing. A worker thread does the work: requests, except for their `tree`, are sent to it,
 * and it sends the results back.
 */
import type { Manifest } from './manifest';
import type { SourceTree } from './source-tree';

/** The origin of a rule that includes or leaves out a file. */
export type RuleSource =
  | 'built-in'
  | '.slipwayignore'
  | '.kxignore'
  | '.gitignore'
  | '.git/info/exclude'
  | 'core.excludesFile'
  | 'target'
  | 'symlink'
  | 'kind';

/**
 * A file or a whole folder (path ends with `/`) that is not in the zip, and the rule that leaves it
 * out.
 */
export interface LeftOut {
  readonly path: string;
  readonly source: RuleSource;
  /**
   * The pattern as written. For `symlink` a code: `leaves-folder`, `dangling`, `cycle`, `link-in-link` (a
   * link to a folder, met inside of a linked folder), `not-a-file` (the target is neither file nor folder),
   * `unknown-target` (virtual file systems); for `kind`: `not-a-file`.
   */
  readonly rule: string;
}

/** A place in a file that looks like a secret. The secret itself is never part of a finding. */
export interface SecretFinding {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** `aws-secret-key`, `private-key`, … */
  readonly pattern: string;
}

export interface PackRequest {
  /** Absolute path of the folder whose content becomes the root of the zip; with `tree` any unique name. */
  readonly root: string;
  /**
   * For a root that no user chose by hand: the absolute path of a folder that must contain `root` and its ignore
   * files after links are resolved. Only checked on disk.
   */
  readonly within?: string;
  /**
   * Reads a folder that is not on disk. Slower, since a single thread does all the work and reads every file in
   * each run.
   */
  readonly tree?: SourceTree;
  /**
   * gitignore patterns that bring files back. A file of the built-in deny list comes back only by a pattern that
   * names it: `.env`, `certs/*.pem` or `.git/config` do, `*` or `src/**` do not.
   */
  readonly include: readonly string[];
  /** gitignore patterns that leave files out, in addition to the ignore files. */
  readonly ignore: readonly string[];
  /**
   * Whether git's own rules also apply: those of `.gitignore` files from the repository's top down, of
   * `.git/info/exclude` and of `core.excludesFile`. With `tree`, only `.gitignore` files inside the folder
   * apply.
   */
  readonly useGitignore: boolean;
  /**
   * Path of `root` (such as `code/q`) relative to the topmost folder whose `.slipwayignore` and `.kxignore`
   * apply. The files of these names in the folders in between apply, too. Absent or '': no files of these
   * names above `root` apply.
   */
  readonly below?: string;
  /** Absolute path of a folder, outside of any workspace, for zips and for data that makes the next run faster. */
  readonly cacheFolder: string;
}

export interface Scan {
  readonly manifest: Manifest;
  readonly leftOut: readonly LeftOut[];
  readonly secrets: readonly SecretFinding[];
  /** The loads in `.q` and `.k` sources: the names as written, not resolved. */
  readonly loads: readonly SourceLoad[];
}

/**
 * A `\l NAME` in a q or k source, or the same command in a string that q executes, as in `system "l NAME"`.
 */
export interface SourceLoad {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly name: string;
}

export interface PackedZip {
  readonly manifest: Manifest;
  /**
   * Absolute path of the zip in the cache folder. The file stays until the same root is packed again. To keep
   * its bytes for longer, hold the zip (see `cache/held-zip.ts`).
   */
  readonly file: string;
  readonly size: number;
  /**
   * SHA-256 of the zip itself, hex. It may differ between versions of zlib although the manifest's digest is
   * equal.
   */
  readonly sha256: string;
  /** Number of entries that were copied from the earlier zip and not packed again. */
  readonly reused: number;
  /** Absent if this zip shares no long run of bytes with the zip that was packed before it. */
  readonly reusedRanges?: ReusedRanges;
}

/** A scan and a zip of the same manifest. */
export interface ScanAndZip {
  readonly scan: Scan;
  readonly zip: PackedZip;
}

/** The long runs of bytes that a zip shares with the zip that was packed before it for the same folder. */
export interface ReusedRanges {
  /** The earlier zip: digest of its manifest, SHA-256 (hex) and size of the zip itself. */
  readonly from: { readonly digest: string; readonly sha256: string; readonly size: number };
  /** Ascending, disjoint, each at least 5 MiB long, so that S3's UploadPartCopy can copy them. */
  readonly ranges: readonly SharedRange[];
}

export interface SharedRange {
  /** Offset in this zip. */
  readonly start: number;
  /** Offset of the same bytes in the earlier zip. */
  readonly previousStart: number;
  readonly length: number;
}

export interface PackProgress {
  readonly phase: 'walking' | 'hashing' | 'packing';
  readonly files: number;
  /** Known once the walk is over. */
  readonly totalFiles?: number;
  readonly bytes: number;
  readonly totalBytes?: number;
}

export interface Packer {
  /**
   * Walks and hashes a folder. Refusals: `folder-missing`, `folder-unreadable`, `file-unreadable`,
   * `file-changing`, `path-not-unicode`, `path-backslash`, `path-drive`, `path-too-long`, `name-clash`,
   * `cache-unwritable`, `root-leaves-folder`, `rules-leave-folder`; if an ignore file cannot be used,
   * `rules-not-text`, `rules-too-large`, `rules-too-many`, `rules-alike`, `rule-too-long`. {@link
   * import('./refusal').PackageRefusals} lists the facts of each. Rejects at once when the signal is aborted.
   */
  scan(request: PackRequest, signal: AbortSignal, report?: (progress: PackProgress) => void): Promise<Scan>;
  /**
   * As {@link scan}, and writes the zip. Refuses with `folder-changed` if `expected` is given and the manifest's
   * digest differs from it.
   */
  pack(
    request: PackRequest,
    expected: string | undefined,
    signal: AbortSignal,
    report?: (progress: PackProgress) => void,
  ): Promise<PackedZip>;
  /** {@link scan} and {@link pack} in one walk, for callers that nearly always pack what they have scanned. */
  scanAndPack(
    request: PackRequest,
    signal: AbortSignal,
    report?: (progress: PackProgress) => void,
  ): Promise<ScanAndZip>;
  /** Ends the worker thread, once the runs under way and those in the queue are over. */
  dispose(): Promise<void>;
}
