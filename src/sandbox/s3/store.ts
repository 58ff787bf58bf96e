/** All buckets of the sandbox. The other services of the sandbox read objects from here. */
import type { SandboxClock } from '../sandbox-service';
import { Bucket, type BucketSettings, type ObjectAttributes, type ObjectVersion } from './bucket';

/** An object as the services inside the sandbox receive it. */
export interface StoredObject {
  readonly bytes: Buffer;
  /** Undefined in a bucket that keeps no versions. */
  readonly versionId: string | undefined;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

export class ObjectStore {
  private readonly byName = new Map<string, Bucket>();

  /** @param accountId owner of each bucket whose settings name no owner. */
  constructor(
    private readonly clock: SandboxClock,
    readonly accountId: string,
  ) {}

  /** @throws if the name is taken: S3's bucket names are global */
  createBucket(name: string, settings: BucketSettings): Bucket {
    if (this.byName.has(name)) throw new Error(`The bucket exists: ${name}`);
    const bucket = new Bucket(name, { owner: this.accountId, ...settings }, this.clock);
    this.byName.set(name, bucket);
    return bucket;
  }

  removeBucket(name: string): void {
    this.byName.delete(name);
  }

  bucket(name: string): Bucket | undefined {
    return this.byName.get(name);
  }

  /** All buckets, sorted by name. */
  buckets(): readonly Bucket[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * The version with the given id or, without an id, the newest. Undefined if the bucket or the version does
   * not exist, or if the version is a delete marker.
   */
  get(bucketName: string, key: string, versionId?: string): StoredObject | undefined {
    const bucket = this.byName.get(bucketName);
    const found = versionId === undefined ? bucket?.latest(key) : bucket?.version(key, versionId);
    if (!bucket || !found?.content) return undefined;
    return {
      bytes: found.content.bytes,
      versionId: bucket.hasVersions ? found.versionId : undefined,
      lastModified: found.lastModified,
    };
  }

  /** Writes an object without a request, for seeds. @throws if the bucket does not exist */
  put(bucketName: string, key: string, bytes: Buffer, attributes?: ObjectAttributes): ObjectVersion {
    const bucket = this.byName.get(bucketName);
    if (!bucket) throw new Error(`No such bucket: ${bucketName}`);
    return bucket.put(key, bytes, attributes);
  }
}
