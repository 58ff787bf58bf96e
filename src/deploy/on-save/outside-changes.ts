/** Which of the changes that were made outside of the editor are reasons to deploy. */
import { IGNORE_FILES } from '../../package/rules/outer-rules';
import { type GitReader, SingleFiles, type SingleFilesRequest } from '../../package/rules/single-files';
import type { PreDeployWindow } from './pre-deploy';

/** What there is under a path. */
export interface Found {
  readonly isFolder: boolean;
  /** Epoch milliseconds: its content, its name, or what it holds. */
  readonly changedAt: number;
}

/** A target's folder. Paths are relative to it, with `/` between segments and '' for itself; `../` leads out of it. */
export interface OutsideFiles {
  /** Undefined: nothing, or not to be looked at. */
  look(path: string): Promise<Found | undefined>;
  /** The bytes of a file, one character each. Undefined: no file, or none that can be read. */
  read(path: string): Promise<string | undefined>;
  /** Absent where git could not work. */
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

  /** A run begins, which reads all rules anew: of those above the workspace nobody tells. */
  runBegins(): void {
    this.packed.forgetOuter();
  }

  /** Whether a file that a watcher tells of may change what is deployed, and is a reason for a run. */
  async counts(path: string): Promise<boolean> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (IGNORE_FILES.some((file) => file === name)) this.packed.forget();
    if (this.packed.isOuter(path)) this.packed.forgetOuter();
    const asFile = await this.packed.concerns(path, false);
    const asFolder = await this.packed.concerns(path, true);
    // Of what is left out there may be thousands, as when packages are installed: none is looked at.
    if (!asFile && !asFolder) return false;
    const found = await this.files.look(path);
    // One that is moved in comes with its ignore files, of which nobody need tell one by one.
    if (found?.isFolder) this.packed.forget();
    if (found !== undefined && !(found.isFolder ? asFolder : asFile)) return false;
    return !this.window.accountsFor(path, found?.changedAt ?? (await this.goneAt(path)));
  }

  /** What is gone has no time any more; the folder that it was in has changed with it. */
  private async goneAt(path: string): Promise<number> {
    for (let folder = path; folder !== ''; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
      const found = await this.files.look(folder);
      if (found !== undefined) return found.changedAt;
    }
    return this.window.clock.now();
  }
}
