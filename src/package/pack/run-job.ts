/** Carries out one job, blocking its thread. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { writeFully } from '../cache/writing';
import { readBlocks } from '../content/blocks';
import { findLoads } from '../content/loads';
import { findSecrets } from '../content/secrets';
import { compress, compressPiece, LARGEST_WHOLE, WINDOW } from '../zip/compress';
import { localHeaderLength, writeLocalHeader } from '../zip/layout';
import { type CancelFlag, throwIfRaised } from './cancel';
import type {
  CopyBytes,
  Hashed,
  HashFiles,
  Job,
  Packed,
  PackFiles,
  PackPiece,
  ResultOf,
  Results,
  Source,
} from './job';
import { type ReadMemory, SourceReader } from './read-source';

/** @throws Failures as data: `file-changing`, `file-unreadable`, `cancelled`, and what the system says of the zip. */
export function runJob<J extends Job>(job: J, thread: Thread): ResultOf<J> {
  return carryOut(job, thread) as ResultOf<J>;
}

/** What a job is carried out with. */
export interface Thread {
  readonly memory: ReadMemory;
  readonly cancel: CancelFlag;
}

function carryOut(job: Job, thread: Thread): Results[Job['kind']] {
  switch (job.kind) {
    case 'hash-files':
      return hashFiles(job, thread);
    case 'pack-files':
      return packFiles(job, thread);
    case 'pack-piece':
      return packPiece(job, thread);
    case 'copy-bytes':
      return copyBytes(job, thread);
  }
}

function hashFiles({ sources }: HashFiles, { memory, cancel }: Thread): readonly Hashed[] {
  const reader = new SourceReader(memory, cancel);
  return sources.map((source) => {
    throwIfRaised(cancel);
    return source.stat.size > LARGEST_WHOLE ? hashLarge(source, reader) : hashSmall(source, reader).hashed;
  });
}

/** Files of this size are data: they are not looked into for secrets and loads. */
function hashLarge(source: Source, reader: SourceReader): Hashed {
  const hash = createHash('sha256');
  let crc = 0;
  reader.blocks(source, (block) => {
    hash.update(block);
    crc = crc32(block, crc);
  });
  return { stat: source.stat, sha256: hash.digest('hex'), crc32: crc, secrets: [], loads: [] };
}

function hashSmall(
  source: Source,
  reader: SourceReader,
): { readonly hashed: Hashed; readonly bytes: Buffer } {
  const { bytes, stat } = reader.whole(source, LARGEST_WHOLE);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const found = { secrets: findSecrets(bytes), loads: findLoads(source.path, bytes) };
  return { hashed: { stat, sha256, crc32: crc32(bytes), ...found }, bytes };
}

function packFiles({ sources, level }: PackFiles, { memory, cancel }: Thread): Results['pack-files'] {
  const reader = new SourceReader(memory, cancel);
  let target = Buffer.allocUnsafeSlow(sources.reduce((sum, source) => sum + mostBytes(source), 0));
  let end = 0;
  const files = sources.map((source): Packed => {
    throwIfRaised(cancel);
    const { hashed, bytes } = hashSmall(source, reader);
    const { method, data } = compress(bytes, level);
    const sizes = { size: bytes.length, compressedSize: data.length };
    const needed = end + localHeaderLength({ path: source.path, size: bytes.length }) + data.length;
    if (needed > target.length) target = Buffer.concat([target], 2 * needed);
    end = writeLocalHeader(target, end, { path: source.path, method, crc32: hashed.crc32, ...sizes });
    target.set(data, end);
    end += data.length;
    return { ...hashed, method, compressedSize: data.length };
  });
  return { files, bytes: target.subarray(0, end) };
}

function mostBytes(source: Source): number {
  return localHeaderLength({ path: source.path, size: source.stat.size }) + source.stat.size;
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
