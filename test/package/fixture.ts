/** Folders, packers and zips for the tests of packing: everything real, on disk, and gone afterwards. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, onTestFinished, TestRunner, vi } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { Packer, PackRequest } from '../../src/package/packer';
import { createPacker } from '../../src/package/packer-client';

/** The built program, as it is shipped; the global set-up of the tests builds it. */
export const WORKER_FILE = resolve(import.meta.dirname, '../../dist/pack-worker.js');

/** What a property test is run with: a failure prints the seed. */
export const CASES = { numRuns: 1_000 } as const;

/** Inside of a test when that is over, else when the file's tests are: Vitest forgets an `afterAll` from inside of one. */
function atTheEnd(tidy: () => void | Promise<void>): void {
  if (TestRunner.getCurrentTest() === undefined) afterAll(tidy);
  else onTestFinished(tidy);
}

/** A folder of its own, removed when the test is over, or the file's tests where it was made for all of them. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'));
  // A packer may just be writing down what it learnt, and the folder then not be empty when it has been emptied.
  atTheEnd(() => vi.waitFor(() => rmSync(folder, { recursive: true, force: true }), { timeout: 10_000 }));
  return folder;
}

/** Ended as a {@link temporaryFolder} is removed. */
export function newPacker(options: { readonly idleMs?: number } = {}): Packer {
  const packer = createPacker({ workerFile: WORKER_FILE, ...options });
  atTheEnd(() => packer.dispose());
  return packer;
}

export function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A request for a folder with a cache of its own. */
export function requestFor(root: string, more: Partial<PackRequest> = {}): PackRequest {
  return { root, include: [], ignore: [], useGitignore: false, cacheFolder: temporaryFolder(), ...more };
}

const NOBODY = 65_534;

/** What root may do everybody's tests could not show: gives the folders to nobody, and is nobody while work goes on. */
export async function asNobody<T>(folders: readonly string[], work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0 || !process.seteuid) return work();
  for (const folder of folders) {
    execFileSync('chown', ['-R', `${NOBODY}`, folder]);
  }
  process.seteuid(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid(0);
  }
}

/** Never aborted. */
export const ALWAYS = new AbortController().signal;

export interface UnzippedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** Every entry of a zip, read by a library that is not ours. */
export function unzip(zip: string | Buffer): Promise<readonly UnzippedFile[]> {
  return new Promise((done, fail) => {
    const bytes = typeof zip === 'string' ? readFileSync(zip) : zip;
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (problem, file) => {
      if (problem !== null || file === undefined) return fail(problem);
      const found: UnzippedFile[] = [];
      file.on('error', fail);
      file.on('end', () => done(found));
      file.on('entry', (entry) => {
        file.openReadStream(entry, (refusal, stream) => {
          if (refusal !== null || stream === undefined) return fail(refusal);
          const parts: Buffer[] = [];
          stream.on('error', fail);
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            found.push({
              path: entry.fileName,
              mode: entry.externalFileAttributes >>> 16,
              content: Buffer.concat(parts),
            });
            file.readEntry();
          });
        });
      });
      file.readEntry();
    });
  });
}

/** The paths in a zip, in its order. */
export async function pathsIn(zip: string | Buffer): Promise<readonly string[]> {
  return (await unzip(zip)).map(({ path }) => path);
}

/** Repeatable pseudo-random bytes that do not deflate. */
export function noise(length: number, seed = 1): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed >>> 0 || 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state >>> 0;
  }
  return Buffer.from(words.buffer).subarray(0, length);
}

/** Text that looks like q, of about that many bytes. */
export function qText(bytes: number, seed = 1): string {
  const random = noise(bytes + 4, seed);
  const lines: string[] = [];
  for (let at = 0, length = 0; length < bytes; at += 4) {
    const line = `.u.f${random.readUInt16LE(at % (bytes + 1)) % 999}:{x+${at}};`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n').slice(0, bytes);
}
