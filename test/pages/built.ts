/** Builds, once before all tests, the script and the style of pages as they will be shipped. */
import { resolve } from 'node:path';
import { buildOnce } from '../../scripts/build/build.mjs';

export default async function built(): Promise<void> {
  await buildOnce({ root: resolve(import.meta.dirname, '../..'), only: ['page'] });
}
