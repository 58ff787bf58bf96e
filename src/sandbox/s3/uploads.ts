/** Multipart uploads under way. */
import { createHash, randomBytes } from 'node:crypto';
import { present } from '../present';
import type { SandboxClock } from '../sandbox-service';
import type { ChecksumAlgorithm, ObjectAttributes, StoredChecksum } from './bucket';

export interface UploadedPart {
  readonly number: number;
  readonly bytes: Buffer;
  /** MD5 in hex. */
  readonly etag: string;
  /** In base64, computed by the upload's checksum algorithm; absent if the upload has no algorithm. */
  readonly checksum?: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

export interface UploadSettings {
  readonly bucket: string;
  readonly key: string;
  readonly attributes: ObjectAttributes;
  /**
   * The algorithm that the client named when it created the upload, and the checksum type: by default, the
   * algorithm's usual type. Absent if the client named no algorithm.
   */
  readonly checksum?: Pick<StoredChecksum, 'algorithm' | 'type'>;
}

export class Upload {
  private readonly byNumber = new Map<number, UploadedPart>();

  constructor(
    readonly id: string,
    readonly settings: UploadSettings,
    readonly initiatedAt: number,
  ) {}

  get algorithm(): ChecksumAlgorithm | undefined {
    return this.settings.checksum?.algorithm;
  }

  /** Adds a part, or replaces the part with the same number. */
  put(part: UploadedPart): void {
    this.byNumber.set(part.number, part);
  }

  part(number: number): UploadedPart | undefined {
    return this.byNumber.get(number);
  }

  /** The parts, sorted by number. */
  parts(): readonly UploadedPart[] {
    return [...this.byNumber.values()].sort((a, b) => a.number - b.number);
  }
}

export class Uploads {
  private readonly byId = new Map<string, Upload>();

  constructor(private readonly clock: SandboxClock) {}

  create(settings: UploadSettings): Upload {
    const id = randomBytes(48).toString('base64url').replaceAll('-', '.');
    const upload = new Upload(id, settings, this.clock.now());
    this.byId.set(id, upload);
    return upload;
  }

  /** The upload with that id for this bucket and key; undefined if there is none. */
  find(id: string, bucket: string, key: string): Upload | undefined {
    const upload = this.byId.get(id);
    return upload?.settings.bucket === bucket && upload.settings.key === key ? upload : undefined;
  }

  /** The uploads of a bucket, sorted by key; those of one key, oldest first. */
  of(bucket: string): readonly Upload[] {
    return [...this.byId.values()]
      .filter(({ settings }) => settings.bucket === bucket)
      .sort(
        (a, b) =>
          Buffer.compare(Buffer.from(a.settings.key), Buffer.from(b.settings.key)) ||
          a.initiatedAt - b.initiatedAt,
      );
  }

  /** Forgets the upload and its parts. */
  end(upload: Upload): void {
    this.byId.delete(upload.id);
  }

  /** Makes the stored form of a part. */
  part(number: number, bytes: Buffer, checksum: string | undefined): UploadedPart {
    const etag = createHash('md5').update(bytes).digest('hex');
    return {
      number,
      bytes,
      etag,
      lastModified: this.clock.now(),
      ...present({ checksum }),
    };
  }
}
