/** Carries out one job, blocking its thread. */

import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { readBlocks } from '../content/blocks';
import type { Hashed } from '../content/hashed';
import { findLoads } from '../content/loads';
import { findSecrets } from '../content/secrets';
import { DiskFolder } from '../walk/disk-folder';
import { prefetchStats } from '../walk/stat-prefetch';
import { writeFully } from '../writing';
import { compress, compressPiece, LARGEST_WHOLE, WINDOW } from '../zip/compress';
import type { Deflater } from '../zip/deflater';
import { localHeaderLength, writeLocalHeader } from '../zip/layout';
import { type CancelFlag, throwIfRaised } from './cancel';
import type {
  CopyBytes,
  HashFiles,
  Job,
  LookAhead,
  Packed,
  PackFiles,
  PackPiece,
  ResultOf,
  Results,
  Source,
} from './job';
import { type ReadMemory, SourceReader } from './read-source';

/**
 * @throws Refusals: `file-changing`, `file-unreadable`, `cache-unwritable` when bytes are copied,
 * `folder-missing` when stats are read ahead. The failure `cancelled`. Errors of the system if the earlier
 * zip cannot be read.
 */
export function runJob<J extends Job>(job: J, thread: Thread): ResultOf<J> {
  return resultOf(job, thread) as ResultOf<J>;
}

/** The memory and tools with which a thread carries out jobs. */
export interface Thread {
  readonly memory: ReadMemory;
  readonly deflater: Deflater;
  readonly cancel: CancelFlag;
}

function resultOf(job: Job, thread: Thread): Results[Job['kind']] {
  switch (job.kind) {
    case 'hash-files':
      return hashFiles(job, thread);
    case 'pack-files':
      return packFiles(job, thread);
    case 'pack-piece':
      return packPiece(job, thread);
    case 'copy-bytes':
      return copyBytes(job, thread);
    case 'prefetch-stats':
      return look(job);
  }
}

function hashFiles({ sources }: HashFiles, { memory, cancel }: Thread): readonly Hashed[] {
  const reader = new SourceReader(memory, cancel);
  return sources.map((source) => {
    throwIfRaised(cancel);
    return source.stat.size > LARGEST_WHOLE ? hashLarge(source, reader) : hashSmall(source, reader).hashed;
  });
}

/** Hashes a large file. Files of this size are data: they are not searched for secrets and loads. */
function hashLarge(source: Source, reader: SourceReader): Hashed {
  const sha256 = createHash('sha256');
  let crc = 0;
  reader.blocks(source, (block) => {
    sha256.update(block);
    crc = crc32(block, crc);
  });
  return { stat: source.stat, sha256: sha256.digest('hex'), crc32: crc, secrets: [], loads: [] };
}

function hashSmall(
  source: Source,
  reader: SourceReader,
): { readonly hashed: Hashed; readonly bytes: Buffer } {
  const { bytes, stat } = reader.whole(source, LARGEST_WHOLE);
  const sha256 = hash('sha256', bytes, 'hex');
  const found = { secrets: findSecrets(bytes), loads: findLoads(source.path, bytes) };
  return { hashed: { stat, sha256, crc32: crc32(bytes), ...found }, bytes };
}

function packFiles({ sources, level, buffer }: PackFiles, thread: Thread): Results['pack-files'] {
  const reader = new SourceReader(thread.memory, thread.cancel);
  const most = sources.reduce((sum, source) => sum + mostBytes(source.path, source.stat.size), 0);
  let target: Buffer = buffer.byteLength < most ? Buffer.allocUnsafeSlow(most) : Buffer.from(buffer);
  let end = 0;
  const files = sources.map((source): Packed => {
    throwIfRaised(thread.cancel);
    const { hashed, bytes } = hashSmall(source, reader);
    const { path } = source;
    const size = bytes.length;
    const needed = end + mostBytes(path, size);
    if (needed > target.length) target = enlarged(target, 2 * needed);
    const start = end + localHeaderLength({ path, size });
    const { method, compressedSize } = compress(bytes, { level, deflater: thread.deflater }, target, start);
    writeLocalHeader(target, end, { path, method, crc32: hashed.crc32, size, compressedSize });
    end = start + compressedSize;
    return { ...hashed, method, compressedSize };
  });
  return { files, bytes: target.subarray(0, end) };
}

function mostBytes(path: string, size: number): number {
  return localHeaderLength({ path, size }) + size;
}

/**
 * A buffer of `length` bytes that begins with `bytes`, for files that have grown since they were
 * found.
 */
function enlarged(bytes: Buffer, length: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(length);
  larger.set(bytes);
  return larger;
}

function packPiece(job: PackPiece, { memory, cancel }: Thread): Results['pack-piece'] {
  const { source, start, length, isLast, level } = job;
  const behind = Math.min(start, WINDOW);
  const read = new SourceReader(memory, cancel).part(source, start - behind, behind + length);
  const bytes = read.subarray(behind);
  return { bytes: compressPiece(bytes, read.subarray(0, behind), level, isLast), crc32: crc32(bytes) };
}

function copyBytes({ from, start, length, to, position }: CopyBytes, { cancel }: Thread): null {
  readBlocks(from, start, length, (block, at) => {
    throwIfRaised(cancel);
    writeFully(to, block, position + at - start);
  });
  return null;
}

function look({ root, table }: LookAhead): null {
  const folder = new DiskFolder(root);
  prefetchStats(table, (path) => folder.stat(path));
  return null;
}
