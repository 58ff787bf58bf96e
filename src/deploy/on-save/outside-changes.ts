/** Decides which changes that were made outside of the editor are reasons to deploy. */
import { IGNORE_FILES } from '../../package/rules/outer-rules';
import { type GitReader, SingleFiles, type SingleFilesRequest } from '../../package/rules/single-files';
import type { PreDeployWindow } from './pre-deploy';

/** A file or folder that a path leads to. */
export interface Found {
  readonly isFolder: boolean;
  /** The time of the last change of the content, the name or a folder's entries, epoch milliseconds. */
  readonly changedAt: number;
}

export interface Entry {
  readonly name: string;
  /** False for a link to a folder, since links are not followed. */
  readonly isFolder: boolean;
}

/**
 * A target's folder. Paths are relative to the folder, with `/` between segments: '' is the folder itself,
 * and `../` leads out of the folder.
 */
export interface OutsideFiles {
  /** Undefined if nothing exists at the path, or it may not be read. */
  look(path: string): Promise<Found | undefined>;
  /**
   * The bytes of a file, one character each. A file that is too large for rules may be cut off, but only so far that
   * it is still too large. Undefined if no readable file exists; on disk, also for a `.gitignore` that is a
   * symbolic link.
   */
  read(path: string): Promise<string | undefined>;
  /** The entries of a folder. Empty if no readable folder exists. */
  list(path: string): Promise<readonly Entry[]>;
  /** Absent where git cannot work, as in a virtual file system. */
  readonly git?: GitReader;
}

export class OutsideChanges {
  private readonly packed: SingleFiles;

  constructor(
    rules: SingleFilesRequest,
    private readonly files: OutsideFiles,
    private readonly window: PreDeployWindow,
  ) {
    this.packed = new SingleFiles(rules, (path) => files.read(path), files.git);
  }

  /**
   * Called when a deployment begins. The deployment reads all rules again, and so must this class: no watcher
   * reports changes of the ignore files above the workspace.
   */
  runBegins(): void {
    this.packed.forgetOuter();
  }

  /**
   * The paths that are a reason to deploy when a watcher reports a change of `path`: the path itself, or none.
   * For a new folder, also up to `most` files in it: when a folder is moved in, a watcher reports only the
   * folder, and when a folder is created and filled at once, a watcher may miss some of its files.
   */
  async reasons(path: string, isNew: boolean, most: number): Promise<readonly string[]> {
    const reason = await this.reason(path);
    if (reason === undefined) return [];
    return isNew && reason.isFolder ? [path, ...(await this.filesIn(path, most))] : [path];
  }

  /** Undefined if the change of the path is not a reason to deploy. */
  private async reason(path: string): Promise<{ readonly isFolder: boolean } | undefined> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (IGNORE_FILES.some((file) => file === name)) this.packed.forget();
    if (this.packed.isOuter(path)) this.packed.forgetOuter();
    const asFile = await this.packed.concerns(path, false);
    const asFolder = await this.packed.concerns(path, true);
    // Files that are left out of the zip are not looked at: there may be thousands, as when packages are
    // installed.
    if (!asFile && !asFolder) return undefined;
    const found = await this.files.look(path);
    const isFolder = found?.isFolder ?? false;
    // A folder that is moved in may contain ignore files that the watcher does not report.
    if (isFolder) this.packed.forget();
    if (found !== undefined && !(isFolder ? asFolder : asFile)) return undefined;
    const changedAt = found?.changedAt ?? (await this.goneAt(path));
    return this.window.accountsFor(path, changedAt) ? undefined : { isFolder };
  }

  private async filesIn(folder: string, most: number): Promise<readonly string[]> {
    const files: string[] = [];
    const folders = [folder];
    for (let next = folders.shift(); next !== undefined && files.length < most; next = folders.shift()) {
      for (const { name, isFolder } of await this.files.list(next)) {
        const path = next === '' ? name : `${next}/${name}`;
        if (files.length < most && (await this.packed.concerns(path, isFolder)))
          (isFolder ? folders : files).push(path);
      }
    }
    return files;
  }

  /**
   * The time at which a file was deleted: the time of its folder, which the deletion changed. If the folder
   * was deleted as well, the time of the nearest folder above it that exists; the present time if none does.
   */
  private async goneAt(path: string): Promise<number> {
    for (let folder = path; folder !== ''; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
      const found = await this.files.look(folder);
      if (found !== undefined) return found.changedAt;
    }
    return this.window.clock.now();
  }
}
