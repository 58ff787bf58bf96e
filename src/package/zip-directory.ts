/** The functions with which other parts of Slipway read remote zips and compare them with a folder. */
export { compareWithManifest, directoryMatches } from './compare';
export type { RangeSource, ZipDirectory, ZipEntry } from './zip-read/far-zip';
export { readZipDirectory } from './zip-read/read-zip-directory';
export { LARGEST_ENTRY, readZipEntry } from './zip-read/read-zip-entry';
