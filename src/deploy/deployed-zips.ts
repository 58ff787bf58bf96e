/** Deployed zips that are kept open, so that reading one file costs one request. */
import { LeastRecentlyUsed } from '../model/cache';
import type { CodeLocation } from '../model/code';
import type { Manifest } from '../package/manifest';
import { readZipEntry } from '../package/zip-directory';
import { type OpenZip, openZip } from './deployed';
import { changesBetween, type KnownChanges } from './plan/changes';
import type { ObjectStore } from './ports';
import { refuse } from './refusal';

/** The most zips that are kept open: the directory of a large zip takes a few megabytes. */
const KEPT = 4;

/** The zips of one connection. */
export class DeployedZips {
  private readonly kept = new LeastRecentlyUsed<OpenZip>(KEPT);

  constructor(private readonly objects: ObjectStore) {}

  /** The changes to the deployed zip that deploying the folder would make. No file of the zip is read. */
  async compareWithFolder(
    at: CodeLocation,
    { entries }: Manifest,
    signal: AbortSignal,
  ): Promise<KnownChanges> {
    const { directory } = await this.opened(at, signal);
    return changesBetween(directory, entries);
  }

  /** The changes from `before` to `after`. Only the directories of the zips are read, none of their files. */
  async compare(before: CodeLocation, after: CodeLocation, signal: AbortSignal): Promise<KnownChanges> {
    const [a, b] = await Promise.all([this.opened(before, signal), this.opened(after, signal)]);
    return changesBetween(a.directory, b.directory.entries);
  }

  /**
   * Content of one file of a zip, as it was when the zip was last compared.
   * @throws refused `no-such-entry`, `zip-changed`, and the failures of reading
   */
  async read(at: CodeLocation, path: string, signal: AbortSignal): Promise<Uint8Array> {
    const { source, directory } = this.kept.get(nameOf(at)) ?? (await this.opened(at, signal));
    const entry = directory.entries.find((one) => one.path === path);
    if (entry === undefined) throw refuse('no-such-entry', { ...at, path });
    return readZipEntry(source, entry, signal);
  }

  private async opened(at: CodeLocation, signal: AbortSignal): Promise<OpenZip> {
    const zip = await openZip(this.objects, at, signal);
    this.kept.set(nameOf(at), zip);
    return zip;
  }
}

function nameOf({ bucket, key, versionId }: CodeLocation): string {
  return JSON.stringify([bucket, key, versionId]);
}
