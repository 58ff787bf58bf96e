/**
 * Packs a folder: returns the earlier zip if nothing has changed; otherwise makes a new zip. Unchanged entries
 * are copied from the earlier zip if it has the compression level that the new zip needs.
 */

import { closeSync } from 'node:fs';
import { present } from '../../model/present';
import { ByPath } from '../by-path';
import type { OpenZip } from '../cache/folder-store';
import type { KnownEntry, KnownFile, KnownZip } from '../cache/known-folder';
import type { Manifest } from '../manifest';
import type { PackedZip, Scan } from '../packer';
import { refuse } from '../refusal';
import { levelFor } from '../zip/compress';
import { ZipFile } from '../zip/zip-file';
import { Assembly } from './assembly';
import { BufferPool } from './buffer-pool';
import { bytesOf, type Done, FolderRun, type RunContext } from './folder-run';
import { inOrder } from './in-order';
import { type PackStep, packSteps } from './pack-steps';
import { scanOf } from './scan-folder';
import { startStep } from './start-step';

export interface PackedFolder {
  readonly zip: PackedZip;
  readonly scan: () => Scan;
}

/** Refusals as in {@link import('../packer').Packer.pack}. */
export async function packFolder(
  context: RunContext,
  expected: string | undefined,
): Promise<Done<PackedFolder>> {
  const run = new FolderRun(context);
  const level = levelFor(run.totalBytes);
  const zip = run.before.zip?.level === level ? run.before.zip : undefined;
  const earlier = context.store.openZip(zip);
  try {
    const copies = new ByPath(earlier?.zip.entries ?? [], ({ path }) => path);
    const manifest = earlier && (await manifestIfKnown(run, copies));
    if (manifest === undefined || manifest.digest !== earlier?.zip.digest) {
      return await packAnew(context, run, level, { earlier, copies }, expected);
    }
    return sameAgain(context, run, manifest, earlier, expected);
  } finally {
    if (earlier !== undefined) closeSync(earlier.descriptor);
  }
}

/**
 * Hashes the files that have no result yet and whose size is that of their entry in the earlier zip. Returns
 * the manifest if every file then has a result; otherwise undefined.
 */
async function manifestIfKnown(run: FolderRun, copies: ByPath<KnownEntry>): Promise<Manifest | undefined> {
  // The earlier zip probably has the same content for files of unchanged size: they were only touched,
  // or an earlier run read them too soon after a change to be sure.
  await run.hash(run.unknown().filter(({ path, stat }) => copies.find(path)?.size === stat.size));
  return run.unknown().length === 0 ? run.manifest() : undefined;
}

function sameAgain(
  context: RunContext,
  run: FolderRun,
  manifest: Manifest,
  earlier: OpenZip,
  expected: string | undefined,
): Done<PackedFolder> {
  const { store } = context;
  refuseOther(manifest, expected);
  const known = store.adopt(earlier);
  const zip = answerOf(store.pathOf(known.name), manifest, known, known.entries.length);
  return { answer: { zip, scan: () => scanOf(run, manifest, context) }, remember: () => run.remember(known) };
}

async function packAnew(
  context: RunContext,
  run: FolderRun,
  level: number,
  { earlier, copies }: { readonly earlier: OpenZip | undefined; readonly copies: ByPath<KnownEntry> },
  expected: string | undefined,
): Promise<Done<PackedFolder>> {
  const { store } = context;
  const target = new ZipFile(store.freshPath('zip'));
  try {
    const assembly = new Assembly(target, earlier);
    const steps = [
      ...packSteps(run.files, ({ path }, place) => stillThere(copies.find(path), run.at(place))),
    ];
    const { files, read, copied } = workOf(steps);
    run.begin('packing', files, read);
    const runner = context.runnerFor(read, copied);
    const work = { context, run, level, assembly, runner, buffers: new BufferPool() };
    await inOrder(steps, runner.ahead, (step) => startStep(step, work));
    const { sha256, size, reusedRanges } = assembly.finish();
    const manifest = run.manifest();
    refuseOther(manifest, expected);
    // Refuses if files changed so much during the run that the folder's size now requires another compression
    // level than the one that was used.
    if (levelFor(manifest.bytes) !== level) throw refuse('file-changing', { path: '' });
    const { entries } = assembly;
    const { digest } = manifest;
    const name = store.keep(target.path, digest);
    const known = { name, size, sha256, digest, level, entries, ...present({ reusedRanges }) };
    const zip = answerOf(store.pathOf(name), manifest, known, assembly.reused);
    return {
      answer: { zip, scan: () => scanOf(run, manifest, context) },
      remember: () => run.remember(known),
    };
  } catch (error) {
    target.discard();
    throw error;
  }
}

/**
 * The entry, with the executable bit that the file has now. Undefined if the file's present content is not
 * known or differs from the entry's.
 */
function stillThere(entry: KnownEntry | undefined, file: KnownFile | undefined): KnownEntry | undefined {
  if (entry === undefined || entry.sha256 !== file?.entry.sha256) return undefined;
  const { executable } = file.entry;
  return entry.executable === executable ? entry : { ...entry, executable };
}

/** Number of files to read and pack, the sum of their sizes in bytes, and number of bytes to copy. */
function workOf(steps: readonly PackStep[]) {
  let files = 0;
  let read = 0;
  let copied = 0;
  for (const step of steps) {
    if (step.kind === 'copy') copied += step.length;
    else if (step.kind === 'files') {
      files += step.files.length;
      read += bytesOf(step.files);
    } else if (step.kind === 'large') {
      files++;
      read += step.file.stat.size;
    }
  }
  return { files, read, copied };
}

function refuseOther({ digest }: Manifest, expected: string | undefined): void {
  if (expected !== undefined && digest !== expected) throw refuse('folder-changed', { expected, digest });
}

function answerOf(file: string, manifest: Manifest, zip: KnownZip, reused: number): PackedZip {
  const { size, sha256, reusedRanges } = zip;
  return { manifest, file, size, sha256, reused, ...present({ reusedRanges }) };
}
