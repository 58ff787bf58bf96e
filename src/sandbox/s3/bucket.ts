/** One S3 bucket of the sandbox: its settings and the versions of each of its objects. */
import { createHash, randomBytes } from 'node:crypto';
import { present } from '../present';
import type { SandboxClock } from '../sandbox-service';

type Versioning = 'Enabled' | 'Suspended' | 'Off';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface BucketSettings {
  readonly region: string;
  readonly versioning: Versioning;
  /** Account id of the owner; the sandbox's own account when absent. */
  readonly owner?: string;
  /** The policy's JSON text. */
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlock;
}

interface SettingsChange {
  /** Versioning that was once enabled cannot be switched off again, only suspended. */
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly policy?: string | undefined;
  readonly publicAccessBlock?: PublicAccessBlock | undefined;
}

/** A checksum. `value` is base64, followed by `-N` if it was computed from the checksums of N parts. */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** The attributes that a writer gives an object, apart from its bytes. */
export interface ObjectAttributes {
  /** Hex MD5, or `hex-N` for N parts; computed from the bytes when absent. */
  readonly etag?: string;
  readonly checksum?: StoredChecksum;
  /** User metadata: the `x-amz-meta-*` headers, by name without the prefix. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Content-Type, Content-Encoding, Cache-Control…, by lower-case header name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Sizes of the parts, if the object was uploaded in parts. */
  readonly partSizes?: readonly number[];
  /**
   * The checksum of each part, in base64, computed by the algorithm of `checksum`. Absent if any part has no
   * checksum.
   */
  readonly partChecksums?: readonly string[];
}

export interface ObjectContent extends ObjectAttributes {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** One version of an object; a version without content is a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** The word `null` for a version that was written while versioning was off or suspended. */
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly content?: ObjectContent;
}

/** Version id that S3 gives to objects written while versioning is off or suspended. */
const NULL_VERSION = 'null';

export class Bucket {
  /** The versions of each key, newest first; never an empty list. */
  private readonly versions = new Map<string, readonly ObjectVersion[]>();
  readonly createdAt: number;

  constructor(
    readonly name: string,
    private current: Required<Pick<BucketSettings, 'owner'>> & BucketSettings,
    private readonly clock: SandboxClock,
  ) {
    this.createdAt = clock.now();
  }

  get settings(): Required<Pick<BucketSettings, 'owner'>> & BucketSettings {
    return this.current;
  }

  /**
   * Replaces the settings that the change contains. If the change contains `policy` or `publicAccessBlock`
   * as `undefined`, that setting is removed.
   */
  change({ versioning, ...others }: SettingsChange): void {
    const { policy, publicAccessBlock, ...kept } = { ...this.current, ...others };
    this.current = {
      ...kept,
      versioning: versioning ?? kept.versioning,
      ...present({ policy, publicAccessBlock }),
    };
  }

  /** True if versioning is on or suspended: replies then name version ids. */
  get hasVersions(): boolean {
    return this.current.versioning !== 'Off';
  }

  put(key: string, bytes: Buffer, attributes: ObjectAttributes = {}): ObjectVersion {
    const etag = attributes.etag ?? createHash('md5').update(bytes).digest('hex');
    return this.add(key, { ...attributes, bytes, etag });
  }

  /** The newest version, delete markers included. */
  latest(key: string): ObjectVersion | undefined {
    return this.versions.get(key)?.[0];
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.versions.get(key)?.find((version) => version.versionId === versionId);
  }

  /**
   * Carries out a delete that names no version: hides the object behind a delete marker or, in a bucket that
   * keeps no versions, removes the object.
   * @returns the delete marker; undefined if the bucket keeps no versions
   */
  hide(key: string): ObjectVersion | undefined {
    if (this.hasVersions) return this.add(key, undefined);
    this.versions.delete(key);
    return undefined;
  }

  /** Removes one version for good and returns it; undefined if there is no such version. */
  remove(key: string, versionId: string): ObjectVersion | undefined {
    const found = this.version(key, versionId);
    if (found)
      this.keep(
        key,
        (this.versions.get(key) ?? []).filter((version) => version !== found),
      );
    return found;
  }

  /** Replaces the tags of an existing version. */
  tag({ key, versionId }: ObjectVersion, tags: Readonly<Record<string, string>>): void {
    const tagged = (version: ObjectVersion): ObjectVersion =>
      version.versionId === versionId && version.content
        ? { ...version, content: { ...version.content, tags } }
        : version;
    this.keep(key, (this.versions.get(key) ?? []).map(tagged));
  }

  get isEmpty(): boolean {
    return this.versions.size === 0;
  }

  /** Every version of every object: keys in S3's order (UTF-8 bytes), newest version first. */
  all(): readonly ObjectVersion[] {
    return [...this.versions.entries()]
      .map(([key, versions]) => ({ order: Buffer.from(key), versions }))
      .sort((a, b) => Buffer.compare(a.order, b.order))
      .flatMap(({ versions }) => versions);
  }

  private add(key: string, content: ObjectContent | undefined): ObjectVersion {
    const versionId = this.current.versioning === 'Enabled' ? newVersionId() : NULL_VERSION;
    const added = { key, versionId, lastModified: this.clock.now(), ...present({ content }) };
    const others = (this.versions.get(key) ?? []).filter((version) => version.versionId !== versionId);
    this.keep(key, [added, ...others]);
    return added;
  }

  private keep(key: string, versions: readonly ObjectVersion[]): void {
    if (versions.length > 0) this.versions.set(key, versions);
    else this.versions.delete(key);
  }
}

/** 32 characters that need no escaping in a URL; no dash, which would look like an option on a command line. */
function newVersionId(): string {
  return randomBytes(24).toString('base64url').replaceAll('-', '.');
}
