/** Builds, once before all tests, the programs of dist/ that tests start as they will be shipped. */
import { resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';

export default async function buildPrograms(): Promise<void> {
  await buildOnce({ root: resolve(import.meta.dirname, '..'), only: ['pack-worker', 'sandbox'] });
}
