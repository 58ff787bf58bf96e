/** The port through which a folder that is not on disk is read; `view` implements it with `workspace.fs`. */

export type ItemKind = 'file' | 'folder' | 'link' | 'other';

export interface SourceItem {
  /** One segment of a path, without slashes. */
  readonly name: string;
  readonly kind: ItemKind;
}

export interface SourceStat {
  readonly size: number;
  /** Epoch milliseconds; 0 if the file system has no times. */
  readonly modifiedAt: number;
}

/**
 * Paths are relative to the folder, with `/` between segments and `''` for the folder itself. A failure's
 * `code` (in the spelling of Node or VS Code: `ENOENT`, `FileNotFound`, `NoPermissions`) becomes part of the
 * refusal. This port cannot resolve links, so packing leaves them out and lists them. Only a link with the
 * name of one of Slipway's own ignore files, such as `.slipwayignore`, is read, for its rules.
 */
export interface SourceTree {
  list(folder: string, signal: AbortSignal): Promise<readonly SourceItem[]>;
  stat(file: string, signal: AbortSignal): Promise<SourceStat>;
  read(file: string, signal: AbortSignal): Promise<Uint8Array>;
}
