/** Reads the directory of a remote zip in few reads, without fetching the whole zip. */

import { damaged, unsupported } from '../refusal';
import { readCentralHeader } from './central-header';
import { findDirectory } from './end-records';
import type { RangeSource, ZipDirectory, ZipEntry } from './far-zip';

/** In bytes. A larger directory, which would list more than some 500,000 files, is not fetched. */
const LARGEST_DIRECTORY = 64 * 1024 * 1024;
/** Number of headers that are parsed in one turn of the event loop. */
const HEADERS_AT_ONCE = 1_000;

/**
 * Needs one read for up to about 600 files, and usually two for more. Handles zip64, comments, bytes before the zip,
 * and the ways in which common tools write names. Refusals: `zip-damaged` and `zip-unsupported`, with `what` and
 * further facts.
 */
export async function readZipDirectory(source: RangeSource, signal: AbortSignal): Promise<ZipDirectory> {
  const { start, end, count, countIsExact, prefix, tail, size } = await findDirectory(source, signal);
  if (end - start > LARGEST_DIRECTORY) throw unsupported('huge-directory', { bytes: end - start });
  const directory = (await tail.extendedTo(start, source, signal)).slice(start, end);
  const entries = new Map<string, ZipEntry>();
  const duplicates = new Set<string>();
  let headers = 0;
  for (let at = 0; at < end - start; headers++) {
    const header = readCentralHeader(directory, at, prefix, size);
    const { entry } = header;
    if (entry !== undefined) {
      // The earlier entry is deleted first, so that the later one also gets the later place.
      if (entries.delete(entry.path)) duplicates.add(entry.path);
      entries.set(entry.path, entry);
    }
    at = header.end;
    if (headers % HEADERS_AT_ONCE === HEADERS_AT_ONCE - 1) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
    }
  }
  const counted = countIsExact ? headers : headers % 0x1_0000;
  if (counted !== count) throw damaged('directory', { headers, count });
  return {
    size,
    entries: [...entries.values()],
    ...(duplicates.size > 0 ? { duplicates: [...duplicates] } : {}),
  };
}
