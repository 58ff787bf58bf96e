/** The results of a run, and the part of them that is sent to a client with an earlier manifest. */
import { present } from '../../model/present';
import type { Manifest } from '../manifest';
import type { PackedZip } from '../packer';
import type { Done, RunContext } from './folder-run';
import { type ManifestDelta, manifestDelta } from './manifest-delta';
import { packFolder } from './pack-folder';
import type { Lists, RunOrder } from './protocol';
import type { RunAnswer } from './run-port';
import { scanFolder } from './scan-folder';

export interface RunResult {
  readonly manifest: Manifest;
  readonly zip?: Omit<PackedZip, 'manifest'>;
  readonly lists: Omit<Lists, 'entries'>;
}

const NOT_ASKED = { leftOut: [], secrets: [], loads: [] };

export async function scanned(context: RunContext): Promise<Done<RunResult>> {
  const { answer, remember } = await scanFolder(context);
  const { manifest, ...lists } = answer;
  return { answer: { manifest, lists }, remember };
}

export async function packed(context: RunContext, { kind, expected }: RunOrder): Promise<Done<RunResult>> {
  const { answer, remember } = await packFolder(context, expected);
  const { manifest, ...zip } = answer.zip;
  const { leftOut, secrets, loads } = kind === 'scan-and-pack' ? answer.scan() : NOT_ASKED;
  return { answer: { manifest, zip, lists: { leftOut, secrets, loads } }, remember };
}

/** The largest share of new and changed entries; above it, all entries are sent instead of the changes. */
const MOST_CHANGED = 0.25;
const NO_CHANGES: ManifestDelta = { splices: [], entries: [] };

/** Builds answers, and remembers the manifest that was last sent. */
export class Answers {
  private told: Manifest | undefined;

  to({ held }: RunOrder, { manifest, zip, lists }: RunResult): RunAnswer {
    const { entries, ...rest } = manifest;
    const head = { manifest: rest, ...present({ zip }) };
    const changes = this.told?.digest === held ? changesBetween(this.told, manifest) : undefined;
    this.told = manifest;
    return changes === undefined
      ? { head, lists: { ...lists, entries } }
      : { head: { ...head, splices: changes.splices }, lists: { ...lists, entries: changes.entries } };
  }
}

function changesBetween(told: Manifest | undefined, now: Manifest): ManifestDelta | undefined {
  if (told === undefined) return undefined;
  if (told.digest === now.digest) return NO_CHANGES;
  const changes = manifestDelta(told.entries, now.entries);
  return changes.entries.length <= MOST_CHANGED * now.entries.length ? changes : undefined;
}
