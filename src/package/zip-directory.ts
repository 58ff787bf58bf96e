/** The functions by which other parts of Slipway read remote zips. */
export { compareWithManifest, directoryMatches } from './compare';
export type { RangeSource, ZipDirectory, ZipEntry } from './zip-read/far-zip';
export { readZipDirectory } from './zip-read/read-zip-directory';
export { LARGEST_ENTRY, readZipEntry } from './zip-read/read-zip-entry';
